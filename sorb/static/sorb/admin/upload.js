'use strict';

// Files that are dropped or chosen are sent at once, each with its own progress and its own answer.
window.sorb = window.sorb || {};
{
    const AT_ONCE = 3;
    const waiting = [];
    let running = 0;

    // Words of the page, in its language: sorb.words('moved', {place: 2, all: 5})
    sorb.words = (key, values = {}) => {
        const words = document.getElementById('sorb-words').dataset[key];
        return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
    };

    const element = (name, className, text = '') => {
        const made = document.createElement(name);
        made.className = className;
        made.textContent = text;
        return made;
    };

    const answerOf = (request) => {
        try {
            const answer = JSON.parse(request.responseText);
            return request.status === 200 ? answer : {error: answer.error};
        } catch {
            const key = {403: 'uploadForbidden', 413: 'uploadTooLarge'}[request.status];
            return {error: sorb.words(key || 'uploadSignedOut')};
        }
    };

    const refuse = (line, file, words) => {
        delete line.dataset.uploading;
        line.classList.add('is-refused');
        line.replaceChildren(element('strong', '', file.name), element('span', '', words));
        const close = element('button', 'upload-close', sorb.words('dismiss'));
        close.type = 'button';
        close.addEventListener('click', () => line.remove());
        line.append(close);
    };

    const send = (file, address, line) => new Promise((resolve) => {
        const bar = element('progress', 'upload-progress');
        bar.max = 1;
        bar.setAttribute('aria-label', sorb.words('uploading', {name: file.name}));
        line.append(bar);
        const request = new XMLHttpRequest();
        const finish = (answer) => {
            if (answer.error) {
                refuse(line, file, answer.error);
                resolve(null);
            } else {
                line.remove();
                resolve(answer);
            }
        };
        request.open('POST', address);
        const token = document.querySelector('input[name=csrfmiddlewaretoken]').value;
        request.setRequestHeader('X-CSRFToken', token);
        request.upload.addEventListener('progress', (event) => {
            // At the end the server still works on the file: the bar then only moves
            if (event.lengthComputable && event.loaded < event.total) {
                bar.value = event.loaded / event.total;
            } else {
                bar.removeAttribute('value');
            }
        });
        request.addEventListener('load', () => finish(answerOf(request)));
        request.addEventListener('error', () => finish({error: sorb.words('uploadFailed')}));
        const body = new FormData();
        body.append('file', file);
        request.send(body);
    });

    const next = async () => {
        if (running >= AT_ONCE || !waiting.length) {
            return;
        }
        const {file, address, line, resolve} = waiting.shift();
        running += 1;
        resolve(await send(file, address, line));
        running -= 1;
        next();
    };

    // What the server says about an accepted file; null for one that was refused (said in the list)
    sorb.upload = (file, address, list) => new Promise((resolve) => {
        const line = element('li', 'upload');
        line.dataset.uploading = '';
        line.append(element('span', 'upload-name', file.name));
        list.append(line);
        waiting.push({file, address, line, resolve});
        next();
    });

    // Calls back with the files that are dropped on an element or chosen in its input
    sorb.onFiles = (place, input, callback) => {
        const hasFiles = (event) => event.dataTransfer.types.includes('Files');
        for (const type of ['dragenter', 'dragover']) {
            place.addEventListener(type, (event) => {
                if (hasFiles(event)) {
                    event.preventDefault();
                    place.classList.add('is-over');
                }
            });
        }
        for (const type of ['dragleave', 'drop']) {
            place.addEventListener(type, () => place.classList.remove('is-over'));
        }
        place.addEventListener('drop', (event) => {
            if (hasFiles(event)) {
                event.preventDefault();
                callback(Array.from(event.dataTransfer.files));
            }
        });
        input.addEventListener('change', () => {
            callback(Array.from(input.files));
            input.value = '';
        });
    };

    // A file that misses its place by a finger's breadth must not replace the form
    for (const type of ['dragover', 'drop']) {
        window.addEventListener(type, (event) => {
            if (event.dataTransfer && event.dataTransfer.types.includes('Files')) {
                event.preventDefault();
            }
        });
    }
}
