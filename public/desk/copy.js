// A text to be pasted elsewhere gets a button that copies it. Without this it can be selected by hand.
document.querySelectorAll("button[data-copy]").forEach((button) => {
  const text = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  text.addEventListener("focus", () => text.select());
  const tell = (name) => {
    button.textContent = button.dataset[name];
    setTimeout(() => { button.textContent = label; }, 4000);
  };
  // offices reach this page without https, where browsers have no clipboard for scripts
  const byHand = () => {
    text.select();
    tell(document.execCommand("copy") ? "done" : "failed");
  };
  button.addEventListener("click", () => {
    if (!navigator.clipboard) return byHand();
    navigator.clipboard.writeText(text.value).then(() => tell("done"), byHand);
  });
});
