'use strict';

// Asks for the next part of an import until all is done. Without it a button does the same.
{
    class Import {
        constructor(content) {
            this.content = content;
            this.said = content.querySelector('[data-import-said]');
            this.goOn();
        }

        get form() {
            return this.content.querySelector('[data-import-next]');
        }

        async goOn() {
            while (this.form) {
                this.form.querySelector('button').hidden = true;
                const isFurther = await this.next().catch(() => false);
                if (!isFurther) {
                    this.form.querySelector('button').hidden = false; // by hand, to be told why not
                    return;
                }
            }
        }

        async next() {
            const response = await fetch(location.href, {method: 'POST', body: new FormData(this.form)});
            const page = new DOMParser().parseFromString(await response.text(), 'text/html');
            const part = page.querySelector('[data-import-part]');
            if (!response.ok || response.url !== location.href || !part) return false;
            this.content.querySelector('[data-import-part]').replaceWith(document.adoptNode(part));
            this.said.textContent = page.querySelector('[data-import-said]').textContent;
            return true;
        }
    }

    // What takes some seconds says that it is under way, and is not sent twice
    const beBusy = (form) => {
        const button = form.querySelector('[data-busy]');
        const words = button.textContent;
        form.addEventListener('submit', (event) => {
            if (button.getAttribute('aria-disabled') === 'true') return event.preventDefault();
            button.setAttribute('aria-disabled', 'true');
            button.textContent = button.dataset.busy;
        });
        window.addEventListener('pageshow', () => { // back by the history of the browser
            button.removeAttribute('aria-disabled');
            button.textContent = words;
        });
    };

    const content = document.querySelector('.importing:has([data-import-next])');
    if (content) new Import(content);
    document.querySelectorAll('[data-import-busy]').forEach(beBusy);
}
