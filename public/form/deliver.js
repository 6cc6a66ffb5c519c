// Sends a form by its key as often as it takes: the server counts a key once.

const FIRST_PAUSE = 2000;
const LONGEST_PAUSE = 30000;

/** Posts the form; while the network is away, says so in `notice` and tries again. Ends on the page that answers. */
function deliver(form, notice) {
  let pause = FIRST_PAUSE;
  let timer = 0;
  const again = () => {
    clearTimeout(timer);
    window.removeEventListener("online", again);
    attempt();
  };
  const attempt = () =>
    fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) }).then(
      (answer) => {
        notice.hidden = true;
        if (answer.redirected && answer.ok) return location.replace(answer.url);
        // anything else is a page to be seen; the same key gives the same answer to the browser itself
        HTMLFormElement.prototype.submit.call(form);
      },
      () => {
        notice.hidden = false;
        timer = setTimeout(again, pause);
        window.addEventListener("online", again);
        pause = Math.min(pause * 2, LONGEST_PAUSE);
      },
    );
  attempt();
}

/** A second tap sends nothing, and a dead spot of the network loses nothing. */
export function guard(form) {
  const send = form.querySelector("button[data-sending]");
  form.addEventListener("submit", (event) => {
    if (send.getAttribute("aria-disabled") === "true") return event.preventDefault();
    send.setAttribute("aria-disabled", "true");
    send.dataset.rest = send.textContent;
    send.textContent = send.dataset.sending;
    if (window.fetch && window.URLSearchParams) {
      event.preventDefault();
      deliver(form, document.getElementById("mat-mang"));
    }
  });
  // Back from the receipt shows the page as it was left: the button must work again
  window.addEventListener("pageshow", () => {
    send.removeAttribute("aria-disabled");
    if (send.dataset.rest) send.textContent = send.dataset.rest;
  });
}
