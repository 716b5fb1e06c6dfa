"use strict";

// Browsers start no worker from a folder. There, the script that searches runs in a hidden frame instead, and gets and
// gives copies, a moment later, as a worker does.
if (location.protocol === "file:") {
  window.Worker = class {
    constructor(url) {
      this.ready = new Promise((resolve) => {
        this.frame = document.createElement("iframe");
        this.frame.hidden = true;
        this.frame.srcdoc = "<!doctype html>";
        this.frame.onload = () => {
          const inside = this.frame.contentWindow;
          inside.postMessage = (data) => this.#hand(data, this.onmessage);
          const script = inside.document.createElement("script");
          script.src = new URL(url, document.baseURI).href;
          script.onload = () => resolve(inside);
          script.onerror = (event) => this.onerror?.(event);
          inside.document.head.append(script);
        };
        document.body.append(this.frame);
      });
    }

    postMessage(data) {
      const copy = structuredClone(data);
      this.ready.then((inside) => this.#hand(copy, inside.onmessage));
    }

    terminate() {
      this.frame.remove();
    }

    #hand(data, receive) {
      const copy = structuredClone(data);
      setTimeout(() => receive?.({ data: copy }));
    }
  };
}
