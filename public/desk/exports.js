// Files that are being made: the list looks again by itself until all are there. Without this a link does it.
const EVERY = 2000;

async function look() {
  const list = document.getElementById("files");
  if (!list || !("busy" in list.dataset)) return;
  try {
    const answer = document.hidden ? null : await fetch(window.location.pathname, { credentials: "same-origin" });
    if (answer && answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("files");
      // a button that somebody is about to press stays where it is
      if (fresh && !list.contains(document.activeElement)) list.replaceWith(fresh);
    }
  } catch (error) {
    // no network just now: the next look may have one
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
