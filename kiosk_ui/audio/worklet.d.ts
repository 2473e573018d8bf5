/** What an AudioWorklet's scope has; TypeScript's DOM library lacks it. */
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: typeof AudioWorkletProcessor): void;
