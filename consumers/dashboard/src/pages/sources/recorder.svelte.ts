import { live } from '../../stream/live.svelte.js';
import { withSample, type Sample } from './states.js';

// Measures of the lag, from the beats that come anyway. They begin when this page is first opened and go
// on while others are looked at.
let samples = $state.raw<readonly Sample[]>([]);
let isRunning = false;

export function lagSamples(): readonly Sample[] {
  return samples;
}

export function startRecorder(): void {
  if (isRunning) return;
  isRunning = true;
  $effect.root(() => {
    $effect(() => {
      const { beat } = live;
      if (!beat) return;
      const sample = { atMs: Date.now(), events: beat.lagEvents, seconds: beat.lagSeconds };
      queueMicrotask(() => (samples = withSample(samples, sample)));
    });
  });
}
