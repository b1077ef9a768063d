'use strict';

// A form is sent once, however often its button is pressed, and says that it is on its way.
{
    document.addEventListener('DOMContentLoaded', () => {
        const form = document.querySelector('#content-main > form');
        if (!form) {
            return;
        }
        form.addEventListener('submit', (event) => {
            if (form.dataset.sent) {
                event.preventDefault();
                return;
            }
            if (form.querySelector('[data-uploading]') &&
                !window.confirm(sorb.words('stillUploading'))) {
                event.preventDefault();
                return;
            }
            form.dataset.sent = 'yes';
        });
        window.addEventListener('pageshow', () => {
            delete form.dataset.sent;
        });
    });
}
