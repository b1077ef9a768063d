'use strict';

// The point of a picture that stays in sight when it is cut: set by clicking on it.
{
    document.addEventListener('DOMContentLoaded', () => {
        const frame = document.querySelector('[data-focal]');
        const inputs = ['x', 'y'].map((axis) => document.getElementById(`id_focal_${axis}`));
        if (!frame || inputs.includes(null)) {
            return;
        }
        const point = frame.querySelector('.focal-point');
        const place = () => {
            point.style.left = `${inputs[0].value}%`;
            point.style.top = `${inputs[1].value}%`;
        };
        frame.addEventListener('click', (event) => {
            const box = frame.querySelector('img').getBoundingClientRect();
            const share = (at, from, length) =>
                Math.round(Math.min(Math.max((at - from) / length, 0), 1) * 100);
            inputs[0].value = share(event.clientX, box.left, box.width);
            inputs[1].value = share(event.clientY, box.top, box.height);
            place();
        });
        inputs.forEach((input) => input.addEventListener('input', place));
        place();
    });
}
