// Writes objects, which become one JSON document per line.
module.exports = function* (input, count = 3) {
    for (let number = 0; number < count; number++) yield { number, text: "\u2028 \u0085 line?" };
};
