// Reads a question aloud: what is asked, the hint, and the choices. Fetched only when somebody wants to listen.
(() => {
  const offer = document.getElementById("doc-to");
  const speech = window.speechSynthesis;
  const { voice: lang, play, stop, tongue } = offer.dataset;
  const voice = () => speech.getVoices().find((one) => one.lang.split(/[-_]/)[0] === lang);
  let reading = null;

  /** What stands in the question, one sentence each: a pause after every choice. */
  const sentences = (question) => {
    const parts = question.matches("fieldset")
      ? question.querySelectorAll("legend, .hint, label > span, label.row > span, .row > label")
      : [question];
    const text = (part) =>
      Array.from(part.childNodes, (node) => (node.nodeName === "BUTTON" ? "" : node.textContent)).join(" ");
    return Array.from(parts, (part) => text(part).replace(/\s+/g, " ").trim()).filter(Boolean);
  };

  const silence = () => {
    speech.cancel();
    if (reading) {
      reading.textContent = play;
      reading.dataset.on = "";
    }
    reading = null;
  };

  const read = (question, button) => {
    reading = button;
    button.textContent = stop;
    button.dataset.on = "1";
    const all = sentences(question);
    all.forEach((sentence, place) => {
      const words = new SpeechSynthesisUtterance(sentence);
      words.lang = lang === "vi" ? "vi-VN" : lang;
      words.voice = voice();
      words.rate = 0.9;
      if (place === all.length - 1) words.onend = () => reading === button && silence();
      words.onerror = words.onend;
      speech.speak(words);
    });
  };

  document.querySelectorAll("fieldset.q, form .note[id]:not([role])").forEach((question) => {
    // a person's voice is better than the telephone's
    if (question.querySelector("audio")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn plain hear";
    if (tongue !== lang) button.lang = tongue;
    button.textContent = play;
    button.addEventListener("click", () => {
      const again = reading === button;
      silence();
      if (!again) read(question, button);
    });
    const legend = question.querySelector("legend");
    legend ? legend.after(button) : question.append(button);
  });

  // the button that was tapped is gone
  const first = document.querySelector(".hear");
  if (first && offer.dataset.tapped) first.focus();

  // a page that is left falls silent
  window.addEventListener("pagehide", silence);
})();
