import { m } from '../../paraglide/messages.js';

// What was looked at, by the end of its path; the longer ends first.
const parts: readonly [RegExp, () => string][] = [
  [/^\/v1\/clients\/[^/]+\/timeline$/, m.audit_look_timeline],
  [/^\/v1\/clients\/[^/]+\/receivables$/, m.audit_look_receivables],
  [/^\/v1\/clients\/[^/]+\/order-check$/, m.audit_look_order_check],
  [/^\/v1\/(clients|managers)\/[^/]+\/handover$/, m.audit_look_handover],
  [/^\/v1\/clients\/[^/]+$/, m.audit_look_card],
  [/^\/v1\/clients$/, m.audit_look_clients],
  [/^\/v1\/acts(\/|$)/, m.audit_look_act],
  [/^\/v1\/log\/./, m.audit_look_event],
  [/^\/v1\/(log|rows)$/, m.audit_look_log],
  [/^\/v1\/reports\/./, m.audit_look_report],
  [/^\/v1\/attestations\/./, m.audit_look_attestation],
  [/^\/v1\/receivables(\/|$)/, m.audit_look_all_receivables],
  [/^\/v1\/obligations$/, m.audit_look_obligations],
];

/** "картка клієнта": of "/v1/clients/c-1". What is told by another system is said as it is. */
export function lookWord(resource: string): string {
  return parts.find(([path]) => path.test(resource))?.[1]() ?? resource;
}

export function roleWord(role: string | undefined): string {
  const words: Readonly<Record<string, () => string>> = {
    manager: m.audit_role_manager,
    head: m.audit_role_head,
    auditor: m.audit_role_auditor,
    admin: m.audit_role_admin,
    source: m.audit_role_source,
  };
  return role === undefined ? '—' : (words[role]?.() ?? role);
}
