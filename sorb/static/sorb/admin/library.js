'use strict';

// The library's page in a dialog: search it, turn its pages, choose one picture.
window.sorb = window.sorb || {};
{
    const load = async (dialog, address) => {
        const response = await fetch(address, {credentials: 'same-origin'});
        const page = new DOMParser().parseFromString(await response.text(), 'text/html');
        const library = page.querySelector('[data-library-page]');
        const body = dialog.querySelector('[data-dialog-body]');
        body.dataset.address = response.url;
        if (library) {
            body.replaceChildren(document.adoptNode(library));
        } else {
            body.textContent = sorb.words('libraryClosed');
        }
    };

    const made = () => {
        const dialog = document.createElement('dialog');
        dialog.className = 'library-dialog';
        dialog.setAttribute('aria-label', sorb.words('library'));
        const close = document.createElement('button');
        close.type = 'button';
        close.className = 'library-close button quiet';
        close.textContent = sorb.words('close');
        close.addEventListener('click', () => dialog.close());
        const body = document.createElement('div');
        body.dataset.dialogBody = '';
        dialog.append(close, body);
        return dialog;
    };

    const follow = (dialog, event) => {
        const link = event.target.closest('.library-pages a');
        if (link) {
            event.preventDefault();
            const here = dialog.querySelector('[data-dialog-body]').dataset.address;
            load(dialog, new URL(link.getAttribute('href'), here));
        }
    };

    const search = (dialog, event) => {
        event.preventDefault();
        const here = new URL(dialog.querySelector('[data-dialog-body]').dataset.address);
        load(dialog, `${here.pathname}?${new URLSearchParams(new FormData(event.target))}`);
    };

    const pictureOf = ({image, title, alt, thumbnail, alternativeBg, alternativeEn, describe}) => ({
        id: image, title, alternative: alt, thumbnail, preview: thumbnail,
        alternative_bg: alternativeBg, alternative_en: alternativeEn, describe,
    });

    // The chosen picture, as an upload is answered; null when none was chosen
    sorb.chooseImage = (address) => new Promise((resolve) => {
        const dialog = made();
        let chosen = null;
        dialog.addEventListener('submit', (event) => search(dialog, event));
        dialog.addEventListener('click', (event) => {
            const button = event.target.closest('[data-image]');
            if (button) {
                chosen = pictureOf(button.dataset);
                dialog.close();
            } else {
                follow(dialog, event);
            }
        });
        dialog.addEventListener('close', () => {
            dialog.remove();
            resolve(chosen);
        });
        document.body.append(dialog);
        dialog.showModal();
        load(dialog, address);
    });
}
