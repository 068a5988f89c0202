import { registry } from "@web/core/registry";

const CSV = [
    "Customer Code,Name,Company Type,Related Company,Customer Type,Email,Country",
    "TOUR-1,Księgarnia Tour,Company,,ALL,info@tour.example.com,PL",
    "TOUR-2,Élodie Tour,Person,TOUR-1,,elodie@tour.example.com,FR",
    "TOUR-3,Sjoerd Tour,Person,,tourtype,sjoerd@tour.example.com,NL",
].join("\n");

/** Put a file into the input of the import screen, as choosing it does. */
function choose(text) {
    const file = new File([text], "customers.csv", { type: "text/csv" });
    const data = new DataTransfer();
    data.items.add(file);
    const input = document.querySelector(".o_import_action input[type='file'], .o_control_panel input[type='file']");
    input.files = data.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
}

function upload(text, content) {
    return [
        {
            content,
            trigger: ".o_import_action",
            run: () => choose(text),
        },
        {
            content: "What was said of an earlier file is gone: this one is loaded",
            trigger: ".o_import_action:not(:contains(Line 4))",
        },
        {
            content: "The columns are matched without anybody's help",
            trigger: ".o_import_action:contains(Customer Code):contains(Customer Type)",
        },
    ];
}

registry.category("web_tour.tours").add("customer_base_import", {
    steps: () => [
        {
            content: "Open the menu of the list",
            trigger: ".o_control_panel .o_cp_action_menus button:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Import records",
            trigger: ".o_import_menu",
            run: "click",
        },
        {
            content: "The template is the one for customers",
            trigger: ".o_import_action a[href*='customers_import_template.xlsx']",
        },
        ...upload(CSV.replace("tourtype", "no such type"), "Choose a file with a mistake"),
        {
            content: "Test it",
            trigger: ".o_control_panel button:contains(Test)",
            run: "click",
        },
        {
            content: "The wrong line is named",
            trigger: ".o_import_data_content:contains(Line 4), .o_import_action:contains(Line 4)",
        },
        ...upload(CSV, "Choose the corrected file"),
        {
            content: "Test it",
            trigger: ".o_control_panel button:contains(Test)",
            run: "click",
        },
        {
            content: "Everything seems valid",
            trigger: ".o_import_action .alert-info:contains(Everything seems valid)",
        },
        {
            content: "Import it",
            trigger: ".o_control_panel button:contains(Import)",
            run: "click",
        },
        {
            content: "Three customers are there",
            trigger: ".o_pager_limit:contains(3)",
        },
        {
            content: "With the type that the file says",
            trigger: ".o_data_row:contains(Sjoerd Tour):contains(Tour type)",
        },
    ],
});
