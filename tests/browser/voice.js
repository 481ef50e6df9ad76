// A browser's voice that speaks when told to: `voice.said` is what it was asked to say, `voice.finish()` ends the sentence.
(() => {
  const voice = (globalThis.voice = { said: [], cancelled: 0, utterance: null });
  voice.finish = () => {
    const spoken = voice.utterance;
    voice.utterance = null;
    spoken?.onend?.();
  };
  const synthesis = Object.assign(new EventTarget(), {
    getVoices: () => ["en-GB", "es-PE", "ja-JP"].map((lang) => ({ lang })),
    speak: (utterance) => {
      voice.utterance = utterance;
      voice.said.push({ text: utterance.text, lang: utterance.lang });
    },
    cancel: () => {
      voice.cancelled += 1;
      voice.utterance = null;
    },
  });
  Object.defineProperty(globalThis, "speechSynthesis", { value: synthesis });
  Object.defineProperty(globalThis, "SpeechSynthesisUtterance", { value: class { constructor(text) { this.text = text; } } });
})();
