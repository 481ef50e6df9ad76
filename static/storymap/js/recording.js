// A chapter's recording, played and paused by us or by its own buttons. It has no times: nobody knows which sentence is read.

// Returns what voiceOf does, and `audio`, whose buttons are ours too.
export function recordingOf(audio, { began, failed, ended }) {
  audio.currentTime = 0;
  audio.onplay = began;
  audio.onpause = () => !audio.ended && failed();
  audio.onended = ended;
  const rest = () => audio.pause();
  const end = () => {
    audio.onplay = audio.onpause = audio.onended = null;
    rest();
  };
  return { audio, go: () => audio.play().catch(failed), rest, end };
}
