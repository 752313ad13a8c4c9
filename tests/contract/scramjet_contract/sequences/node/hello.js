// Writes one line and ends.
module.exports = () => "hello\n";
