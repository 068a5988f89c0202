import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { registry } from "@web/core/registry";
import { TextField, textField } from "@web/views/fields/text/text_field";

/**
 * The text of a message, with a button that inserts a field of the document where the
 * cursor was. Offered is what the record lists in `field_list`, and nothing else is
 * accepted by the server.
 */
export class MessageBodyField extends TextField {
    static template = "customer_base.MessageBodyField";
    static components = { ...TextField.components, Dropdown, DropdownItem };

    get placeholders() {
        return (this.props.record.data.field_list || []).map(([expression, label]) => ({
            expression,
            label,
        }));
    }

    insert(expression) {
        const textarea = this.textareaRef.el;
        const { selectionStart, selectionEnd, value } = textarea;
        // leaving the text to choose a field has trimmed it
        const space = /\S$/.test(value.slice(0, selectionStart)) ? " " : "";
        const text = `${space}{{ ${expression} }}`;
        textarea.setRangeText(text, selectionStart, selectionEnd, "end");
        // what the field's own hook listens to
        textarea.dispatchEvent(new InputEvent("input"));
        textarea.dispatchEvent(new Event("change"));
        textarea.focus();
    }
}

registry.category("fields").add("customer_message_body", {
    ...textField,
    component: MessageBodyField,
    fieldDependencies: [{ name: "field_list", type: "json" }],
});
