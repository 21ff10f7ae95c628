/* Solves a challenge of the ALTCHA protocol (SHA-256): the number whose digest after the salt is the challenge. */
"use strict";

self.addEventListener("message", async (event) => {
  const { challenge, maxnumber, salt } = event.data;
  const encoder = new TextEncoder();
  const wanted = challenge.match(/../g).map((pair) => parseInt(pair, 16));
  const group = 256;
  for (let first = 0; first <= maxnumber; first += group) {
    const numbers = Array.from({ length: Math.min(group, maxnumber - first + 1) }, (_, at) => first + at);
    const digests = await Promise.all(
      numbers.map((number) => crypto.subtle.digest("SHA-256", encoder.encode(salt + number)))
    );
    const found = digests.findIndex((digest) => {
      const bytes = new Uint8Array(digest);
      return wanted.every((value, at) => bytes[at] === value);
    });
    if (found >= 0) {
      self.postMessage(numbers[found]);
      return;
    }
  }
  self.postMessage(null);
});
