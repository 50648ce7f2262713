import { m } from '../../paraglide/messages.js';

type Words = Record<string, () => string>;
const say = (words: Words, code: string) => words[code]?.() ?? code;

export const segmentWord = (code: string) =>
  say({ corporate: m.client_segment_corporate, retail: m.client_segment_retail, government: m.client_segment_government, wholesale: m.client_segment_wholesale }, code);

export const sizeWord = (code: string) => say({ small: m.client_size_small, medium: m.client_size_medium, large: m.client_size_large }, code);

export const statusWord = (code: string) => say({ potential: m.client_status_potential, main: m.client_status_main }, code);

export const roleWord = (code: string) =>
  say(
    {
      decision_maker: m.client_role_decision_maker,
      influencer: m.client_role_influencer,
      user: m.client_role_user,
      accountant: m.client_role_accountant,
      other: m.client_role_other,
    },
    code,
  );

/** What a complete card has, as the server names it. */
export const missingWord = (code: string) =>
  say(
    {
      name: m.client_missing_name,
      tax_code: m.client_missing_tax_code,
      address: m.client_missing_address,
      director: m.client_missing_director,
      phones: m.client_missing_phones,
      emails: m.client_missing_emails,
      ibans: m.client_missing_ibans,
      segment: m.client_missing_segment,
      industry: m.client_missing_industry,
      price_type: m.client_missing_price_type,
      owner: m.client_missing_owner,
      decision_maker: m.client_missing_decision_maker,
    },
    code,
  );

export const termsWord = (code: string) =>
  say(
    {
      standard: m.client_terms_standard,
      discount: m.client_terms_discount,
      deferred_payment: m.client_terms_deferred,
      individual_service: m.client_terms_service,
      faster_delivery: m.client_terms_faster,
      other: m.client_terms_other,
    },
    code,
  );
