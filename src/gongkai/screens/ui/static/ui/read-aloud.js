/* 朗读: the browser reads the marked part of a page aloud (条例第43条). Without a voice there is no button; the words
   go to nobody but the browser's own speech. */
"use strict";

(() => {
  const part = document.querySelector("[data-read-aloud]");
  const speech = window.speechSynthesis;
  if (!part || !speech || !window.SpeechSynthesisUtterance) return;

  const english = document.documentElement.lang === "en";
  const words = english ? { read: "Read aloud", stop: "Stop reading" } : { read: "朗读", stop: "停止朗读" };
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small read-aloud";
  button.textContent = words.read;
  let reading = 0;

  const stop = () => {
    reading += 1;
    speech.cancel();
    button.textContent = words.read;
  };

  /* An English page quotes Chinese: each block in its own language. */
  const langOf = (block) => {
    const only = block.childElementCount === 1 && block.firstElementChild.textContent.trim() === block.textContent.trim();
    return ((only && block.querySelector("[lang]")) || block.closest("[lang]")).lang;
  };

  /* Each block by itself: long utterances are cut off by some browsers, and what is folded away is not read. */
  const blocks = () =>
    [...part.querySelectorAll("h1, h2, h3, p, li, dt, dd, label, legend, summary, .hint")]
      .filter((each) => each.offsetParent !== null && !each.querySelector("p, li, label"))
      .map((each) => ({ text: each.innerText.trim(), lang: langOf(each) }))
      .filter((each) => each.text);

  button.addEventListener("click", () => {
    if (button.textContent === words.stop) return stop();
    const turn = (reading += 1);
    button.textContent = words.stop;
    const left = blocks();
    const next = () => {
      if (turn !== reading) return;
      const block = left.shift();
      if (block === undefined) return stop();
      const said = new SpeechSynthesisUtterance(block.text);
      said.lang = block.lang;
      said.rate = 0.9;
      said.onend = said.onerror = next;
      speech.speak(said);
    };
    next();
  });
  window.addEventListener("pagehide", stop);
  part.before(button);
})();
