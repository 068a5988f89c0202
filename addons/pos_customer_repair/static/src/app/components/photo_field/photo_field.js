import { Component, onWillUnmount, useRef, useState } from "@odoo/owl";
import { readPicture, takePicture } from "@pos_customer_repair/app/utils/picture";
import { _t } from "@web/core/l10n/translation";

const MOST = 5;

/** Photos by the camera of the till, or from files. */
export class PhotoField extends Component {
    static template = "pos_customer_repair.PhotoField";
    static props = { photos: Array };

    setup() {
        this.video = useRef("video");
        this.file = useRef("file");
        this.state = useState({ stream: null, error: "", starting: false });
        this.gone = false;
        onWillUnmount(() => {
            this.gone = true;
            this.stop();
        });
    }

    get isFull() {
        return this.props.photos.length >= MOST;
    }

    async start() {
        this.state.error = "";
        this.state.starting = true;
        try {
            const stream = await navigator.mediaDevices.getUserMedia({
                video: { facingMode: "environment", width: { ideal: 1600 } },
            });
            this.stream = stream;
            if (this.gone) {
                return this.stop();
            }
            this.state.stream = true;
            this.show();
        } catch {
            this.state.error = _t(
                "The camera cannot be used. Allow it in the browser, or choose a file."
            );
        } finally {
            this.state.starting = false;
        }
    }

    /** The video has its element only once it is drawn. */
    show() {
        if (this.video.el) {
            this.video.el.srcObject = this.stream;
            this.video.el.play();
        } else if (this.stream) {
            requestAnimationFrame(() => this.show());
        }
    }

    /** The video has its height only now: its buttons come below it. */
    reveal() {
        this.video.el.parentElement.scrollIntoView({ block: "end" });
    }

    snap() {
        const { videoWidth, videoHeight } = this.video.el;
        if (!videoWidth) {
            return; // the camera has shown nothing yet
        }
        this.props.photos.push(takePicture(this.video.el, videoWidth, videoHeight));
        this.stop();
    }

    stop() {
        this.stream?.getTracks().forEach((track) => track.stop());
        this.stream = null;
        this.state.stream = null;
    }

    async addFiles(ev) {
        this.state.error = "";
        for (const file of [...ev.target.files].slice(0, MOST - this.props.photos.length)) {
            try {
                this.props.photos.push(await readPicture(file));
            } catch {
                this.state.error = _t("“%s” is no picture that can be shown here.", file.name);
            }
        }
        ev.target.value = "";
    }

    remove(index) {
        this.props.photos.splice(index, 1);
    }
}
