'use strict';

// The library's own list: files that are dropped or chosen here arrive as cards, with their words.
{
    const card = (file) => {
        const made = document.createElement('li');
        made.className = 'arrival';
        if (file.thumbnail) {
            const picture = document.createElement('img');
            Object.assign(picture, {src: file.thumbnail, alt: '', width: 96, height: 96});
            made.append(picture);
        }
        const link = document.createElement('a');
        Object.assign(link, {href: file.address, textContent: file.title});
        const words = document.createElement('div');
        made.append(link, words);
        sorb.askForWords(file, words);
        return made;
    };

    const start = (place) => {
        const uploads = place.querySelector('[data-uploads]');
        const arrived = place.querySelector('[data-arrived]');
        const status = place.querySelector('[data-arrived-status]');
        sorb.onFiles(place, place.querySelector('[data-drop-input]'), async (files) => {
            const sent = files.map((file) => sorb.upload(file, place.dataset.upload, uploads));
            let added = 0;
            for (const answer of sent) {
                const file = await answer;
                if (file) {
                    arrived.append(card(file));
                    added += 1;
                }
            }
            status.textContent = sorb.words('added', {count: added, all: files.length});
            place.querySelector('[data-arrived-again]').hidden = !arrived.children.length;
        });
    };

    document.addEventListener('DOMContentLoaded', () => {
        document.querySelectorAll('[data-arrivals]').forEach(start);
    });
}
