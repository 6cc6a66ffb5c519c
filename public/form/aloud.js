// Offers to read questions aloud where the browser has a voice for their language. What reads is fetched when it is asked for.
const offer = document.getElementById("doc-to");
const speech = window.speechSynthesis;
const KEY = "doc-to";

/** Storage may be forbidden: then every part of the form offers anew. */
const kept = (value) => {
  try {
    return value ? sessionStorage.setItem(KEY, value) : sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
};

if (offer && speech) {
  const { voice, src } = offer.dataset;
  let asked = false;
  const read = () => {
    asked = true;
    offer.hidden = true;
    kept(voice);
    const script = document.createElement("script");
    script.src = src;
    document.head.append(script);
  };
  const look = () => {
    const has = speech.getVoices().some((one) => one.lang.split(/[-_]/)[0] === voice);
    if (has && !asked && kept() === voice) return read();
    offer.hidden = asked || !has;
  };
  look();
  // some browsers hear of their voices later
  if (speech.addEventListener) speech.addEventListener("voiceschanged", look);
  offer.addEventListener("click", () => {
    offer.dataset.tapped = "1";
    read();
  });
}
