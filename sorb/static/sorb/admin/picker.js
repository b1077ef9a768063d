'use strict';

// The field of one image: uploaded, taken from the library, or removed.
{
    const show = (picker, image) => {
        const find = (name) => picker.querySelector(`[data-picker-${name}]`);
        find('value').value = image ? image.id : '';
        find('name').textContent = image ? image.title : '';
        find('picture').hidden = !image;
        find('none').hidden = Boolean(image);
        find('clear').hidden = !image;
        if (image) {
            find('picture').src = image.preview;
        }
        picker.classList.toggle('has-image', Boolean(image));
        sorb.askForWords(image, find('describe'));
        find('value').dispatchEvent(new Event('change', {bubbles: true}));
    };

    const start = (picker) => {
        const words = document.createElement('div');
        words.dataset.pickerDescribe = '';
        picker.querySelector('.image-picker-tools').append(words);
        const uploads = picker.querySelector('[data-uploads]');
        const input = picker.querySelector('[data-drop-input]');
        sorb.onFiles(picker.querySelector('[data-drop]'), input, async (files) => {
            const image = files.length && await sorb.upload(files[0], picker.dataset.upload, uploads);
            if (image) {
                show(picker, image);
            }
        });
        picker.querySelector('[data-picker-clear]').addEventListener('click', () => {
            show(picker, null);
            input.focus();
        });
        const library = picker.querySelector('[data-library]');
        library.addEventListener('click', async () => {
            const image = await sorb.chooseImage(library.dataset.library);
            if (image) {
                show(picker, image);
            }
            library.focus();
        });
    };

    document.addEventListener('DOMContentLoaded', () => {
        document.querySelectorAll('[data-image-picker]').forEach(start);
    });
}
