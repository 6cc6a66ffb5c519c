// Recordings of questions get a button of their own, large enough for a thumb. Without this the browser shows its controls.
let playing = null;

const stop = () => {
  if (playing) playing.pause();
};

document.querySelectorAll("audio.heard").forEach((audio) => {
  const button = document.createElement("button");
  const show = (name) => {
    button.textContent = audio.dataset[name];
    button.dataset.on = name === "stop" ? "1" : "";
  };
  button.type = "button";
  button.className = "btn plain hear";
  show("play");
  audio.controls = false;
  audio.before(button);
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    stop();
    playing = audio;
    audio.currentTime = 0;
    // a browser that cannot play it shows its own controls, which say so
    Promise.resolve(audio.play()).catch((error) => {
      if (error.name !== "AbortError") audio.controls = true;
    });
  });
  audio.addEventListener("play", () => show("stop"));
  ["pause", "ended"].forEach((name) => audio.addEventListener(name, () => show("play")));
});
