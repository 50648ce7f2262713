import { Feed, type FeedMessage } from './feed.js';

// All tabs of a browser share one connection: over HTTP/1.1 there are six for a host, and the seventh
// tab would hang.
interface SharedScope {
  onconnect: ((event: MessageEvent) => void) | null;
}

const ports = new Set<MessagePort>();
let lastBeat: FeedMessage | undefined;

const feed = new Feed((message) => {
  if (message.kind === 'beat') lastBeat = message;
  for (const port of ports) port.postMessage(message);
});

(self as unknown as SharedScope).onconnect = (event) => {
  const port = event.ports[0]!;
  ports.add(port);
  port.onmessage = ({ data }: MessageEvent<'now' | 'bye'>) => {
    if (data === 'bye') ports.delete(port);
    else feed.now();
  };
  if (lastBeat) port.postMessage({ kind: 'changed', reason: 'connected' } satisfies FeedMessage);
  feed.start();
};
