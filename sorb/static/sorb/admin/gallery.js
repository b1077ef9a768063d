'use strict';

// Galleries and documents: every accepted file becomes a row, the refused ones say why.
{
    const fill = (row, file) => {
        row.querySelector('input[name$="-image"], input[name$="-document"]').value = file.id;
        row.querySelector('[data-row-name]').textContent = file.title;
        const picture = row.querySelector('[data-row-picture]');
        if (picture) {
            picture.src = file.thumbnail;
            sorb.askForWords(file, row.querySelector('[data-row-describe]'));
        }
        const kind = row.querySelector('[data-row-kind]');
        if (kind) {
            kind.textContent = file.kind;
        }
    };

    const start = (group) => {
        const rows = group.sorbRows;
        const place = group.querySelector('[data-drop]');
        const uploads = place.querySelector('[data-uploads]');
        const add = (file) => {
            const row = rows.add();
            fill(row, file);
            return row;
        };
        sorb.onFiles(place, place.querySelector('[data-drop-input]'), async (files) => {
            const sent = files.map((file) => sorb.upload(file, group.dataset.upload, uploads));
            let added = 0;
            for (const answer of sent) { // in the order chosen, however fast each one was
                const file = await answer;
                if (file) {
                    add(file);
                    added += 1;
                }
            }
            rows.say('added', {count: added, all: files.length});
        });
        const library = place.querySelector('[data-library]');
        if (library) {
            library.addEventListener('click', async () => {
                const image = await sorb.chooseImage(library.dataset.library);
                if (image) {
                    add(image);
                    rows.say('added', {count: 1, all: 1});
                }
                library.focus();
            });
        }
    };

    document.addEventListener('DOMContentLoaded', () => {
        for (const group of document.querySelectorAll('[data-rows][data-upload]')) {
            if (group.sorbRows) {
                start(group);
            }
        }
    });
}
