// What a card needs once somebody records on it: fetched after it.
export { correctionForm, recordForm } from './forms.js';
export { default as RecordPanel } from '../../parts/RecordPanel.svelte';
