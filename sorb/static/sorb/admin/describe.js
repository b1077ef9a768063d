'use strict';

// The alternative text of a picture that has just been chosen: asked for at once, in both languages,
// and saved to the library as soon as a field is left.
window.sorb = window.sorb || {};
{
    const LANGUAGES = ['bg', 'en'];
    const LONGEST = 300; // characters

    const made = (name, text = '') => {
        const element = document.createElement(name);
        element.textContent = text;
        return element;
    };

    const send = async (image, texts) => {
        const body = new FormData();
        LANGUAGES.forEach((code) => body.append(`alternative_${code}`, texts[code].value));
        const token = document.querySelector('input[name=csrfmiddlewaretoken]').value;
        try {
            const response = await fetch(image.describe, {
                method: 'POST', body, headers: {'X-CSRFToken': token}, keepalive: true,
            });
            const answer = await response.json();
            return response.ok ? sorb.words('described') : answer.error;
        } catch {
            return sorb.words('notDescribed');
        }
    };

    // One at a time, so that what was typed last is what is kept
    const saver = (image, texts, status) => {
        let isSending = false;
        let isWaiting = false;
        window.addEventListener('pagehide', () => isWaiting && send(image, texts));
        return async () => {
            isWaiting = isSending;
            if (isSending) {
                return;
            }
            isSending = true;
            status.textContent = '';
            let words = await send(image, texts);
            while (isWaiting) {
                isWaiting = false;
                words = await send(image, texts);
            }
            isSending = false;
            status.textContent = words;
        };
    };

    const panelFor = (image) => {
        const panel = made('div');
        panel.className = 'describe';
        panel.append(made('p', sorb.words('describe')));
        const status = made('p');
        status.dataset.describeStatus = '';
        status.setAttribute('aria-live', 'polite');
        const texts = {};
        const save = saver(image, texts, status);
        for (const code of LANGUAGES) {
            const label = made('label', sorb.words(`describe${code === 'bg' ? 'Bg' : 'En'}`));
            const text = made('textarea', image[`alternative_${code}`] || '');
            Object.assign(text, {rows: 2, maxLength: LONGEST, lang: code});
            text.addEventListener('change', save);
            texts[code] = text;
            label.append(text);
            panel.append(label);
        }
        panel.append(status);
        return panel;
    };

    // Ask in a place of the page for the words that the library lacks; a picture with both is let be
    sorb.askForWords = (image, place) => {
        const isAsked = image && image.describe && !(image.alternative_bg && image.alternative_en);
        place.replaceChildren(...(isAsked ? [panelFor(image)] : []));
    };
}
