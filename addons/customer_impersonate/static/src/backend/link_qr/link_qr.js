import { loadJS } from "@web/core/assets";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { Component, onWillStart, useEffect, useRef } from "@odoo/owl";

const SIZE = 240;

/**
 * A link as a QR code, drawn in the browser: a server that draws it would have the link, which
 * lets whoever has it in, in its log.
 */
export class LinkQR extends Component {
    static template = "customer_impersonate.LinkQR";
    static props = { ...standardFieldProps };

    setup() {
        this.code = useRef("code");
        onWillStart(() => loadJS("/web/static/lib/zxing-library/zxing-library.js"));
        useEffect(
            (link) => {
                const writer = new window.ZXing.BrowserQRCodeSvgWriter();
                this.code.el.replaceChildren(...(link ? [writer.write(link, SIZE, SIZE)] : []));
            },
            () => [this.props.record.data[this.props.name]]
        );
    }
}

registry.category("fields").add("customer_link_qr", {
    component: LinkQR,
    supportedTypes: ["char"],
});
