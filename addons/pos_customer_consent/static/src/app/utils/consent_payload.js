/** What the server gets of an answer; how old it is, is told at the moment of sending. */
export function answerPayload(answer, now = Date.now()) {
    const { purpose, granted, wording_id, key, channel, order_uuid, employee_id, after } = answer;
    return {
        purpose,
        granted,
        wording_id: wording_id || false,
        key,
        channel,
        order_uuid: order_uuid || false,
        employee_id: employee_id || false,
        after: after || false,
        // a clock that was set back makes nothing of the future
        age_seconds: Math.max(0, (now - answer.at) / 1000),
    };
}

export function answersOf(models, uuid) {
    return models["consent.answer"].filter((answer) => answer.customer_uuid === uuid);
}

/** What of a new customer's answers travels with them. */
export function waitingConsents(models, uuid) {
    const answers = answersOf(models, uuid).filter((answer) => !answer.error);
    if (!answers.length) {
        return {};
    }
    const config_id = models["pos.config"].getFirst().id;
    return { consents: { config_id, answers: answers.map((answer) => answerPayload(answer)) } };
}
