/* The check page with JavaScript: each file is sent by itself, with its progress, and its result opens in the list.
   Without it the same form posts all files at once and the server answers with a page. */
"use strict";

(() => {
  const form = document.getElementById("check-form");
  if (!form || !window.FormData || !window.DOMParser) return;

  const english = document.documentElement.lang === "en";
  const words = english
    ? { sending: "Sending", checking: "Checking…", waiting: "Waiting", failed: "Not checked", results: "Results",
        offline: "The connection was lost. Try this file again.", again: "Try again", done: (n, all) => `${n} of ${all} files done` }
    : { sending: "正在发送", checking: "正在核查…", waiting: "等待", failed: "没有核查", results: "核查结果",
        offline: "连接中断，请重试这个文件。", again: "重试", done: (n, all) => `${all}个文件，完成${n}个` };
  const input = form.querySelector("#files");
  const previous = form.querySelector("#previous");
  const drop = form.querySelector(".drop");
  let batch = 0;

  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const place = () => {
    let section = document.getElementById("results-section");
    if (!section) {
      section = make("section");
      section.id = "results-section";
      const heading = make("h2", "", words.results);
      heading.id = "results-heading";
      heading.tabIndex = -1;
      section.setAttribute("aria-labelledby", heading.id);
      const status = make("p", "muted");
      status.id = "results-status";
      status.setAttribute("role", "status");
      const list = make("ol", "queue");
      section.append(heading, status, list);
      (form.closest(".doors") || form).after(section);
    }
    return section;
  };

  const send = (file, item, mark, bar, state) => new Promise((resolve) => {
    const body = new FormData();
    body.append("files", file, file.name);
    if (previous.files.length) body.append("previous", previous.files[0], previous.files[0].name);
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("X-Fragment", mark);
    request.upload.addEventListener("progress", (event) => {
      if (!event.lengthComputable) return;
      bar.value = event.loaded / event.total;
      state.textContent = `${words.sending} ${Math.round(100 * bar.value)}%`;
    });
    request.upload.addEventListener("load", () => {
      bar.removeAttribute("value");
      state.textContent = words.checking;
    });
    request.addEventListener("load", () => {
      const answer = new DOMParser().parseFromString(request.responseText, "text/html");
      const results = answer.querySelectorAll(".result");
      if (results.length) {
        item.replaceChildren(...results);
        resolve(true);
      } else {
        const lines = [...answer.querySelectorAll("main .prose > p:not(.small)")].map((line) => line.textContent);
        fail(file, item, mark, lines.join("") || words.offline);
        resolve(false);
      }
    });
    request.addEventListener("error", () => { fail(file, item, mark, words.offline); resolve(false); });
    request.send(body);
  });

  const fail = (file, item, mark, why) => {
    const row = make("div", "row");
    const again = make("button", "button button-small", words.again);
    again.type = "button";
    again.addEventListener("click", () => { start(file, item, mark)(); });
    row.append(make("span", "", file.name), make("span", "badge badge-error", words.failed), make("span", "", why), again);
    item.replaceChildren(row);
  };

  const start = (file, item, mark) => {
    const row = make("div", "row");
    const bar = make("progress");
    bar.max = 1;
    bar.value = 0;
    bar.setAttribute("aria-label", file.name);
    const state = make("span", "muted small num", words.waiting);
    row.append(make("span", "", file.name), bar, state);
    item.replaceChildren(row);
    return () => send(file, item, mark, bar, state);
  };

  form.addEventListener("submit", async (event) => {
    if (!input.files.length) return;
    event.preventDefault();
    const section = place();
    const list = section.querySelector("ol");
    const status = section.querySelector("#results-status");
    const files = [...input.files];
    batch += 1;
    const jobs = files.map((file, index) => {
      const item = make("li");
      list.append(item);
      return { item, run: start(file, item, `b${batch}f${index + 1}`) };
    });
    status.textContent = words.done(0, files.length);
    section.querySelector("h2").focus();
    let done = 0;
    // Two at a time: the server answers soon for each, and none of it waits for the largest.
    const worker = async () => {
      for (let job = jobs.shift(); job; job = jobs.shift()) {
        await job.run();
        done += 1;
        status.textContent = words.done(done, files.length);
        if (files.length === 1) job.item.querySelector("details")?.setAttribute("open", "");
      }
    };
    await Promise.all([worker(), worker()]);
  });

  if (drop) {
    drop.querySelector(".drop-hint")?.removeAttribute("hidden");
    for (const name of ["dragenter", "dragover"]) {
      drop.addEventListener(name, (event) => { event.preventDefault(); drop.classList.add("is-over"); });
    }
    for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("is-over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      if (!event.dataTransfer.files.length) return;
      input.files = event.dataTransfer.files;
      form.requestSubmit();
    });
  }
})();
