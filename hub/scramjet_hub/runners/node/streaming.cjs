"use strict";

const { Readable } = require("node:stream");

/** How many items a stream buffers for its reader. */
const WAITING = 16;

/**
 * A stream of objects: the input of a Sequence's functions, and their result unless they return a stream of their own.
 * It has the methods of a `DataStream` of the package scramjet that Sequences call most.
 */
class DataStream extends Readable {
    /** @param {AsyncIterable<unknown> | Iterable<unknown>} [items] Its items; none for a subclass with its own `_read`. */
    constructor(items) {
        super({ objectMode: true, highWaterMark: WAITING });
        this._items = items;
        this._iterator = undefined;
        this._pulling = false;
        this._wanted = false;
        this._failed = false;
        this._failure = undefined;
    }

    /**
     * Create a stream from a stream, an iterable (also a string, by its characters), a function that returns one of
     * these, or one value.
     */
    static from(value) {
        if (value instanceof DataStream) return value;
        return new DataStream(isIterable(value) ? value : itemsOf(value));
    }

    _read() {
        this._iterator ??= this._items[Symbol.asyncIterator]?.() ?? this._items[Symbol.iterator]();
        this._wanted = true;
        if (!this._pulling && !this._failed) this._pull();
    }

    /** Push items until the buffer is full. */
    async _pull() {
        this._pulling = true;
        try {
            while (this._wanted) {
                const { value, done } = await this._iterator.next();
                const item = typeof value?.then === "function" ? await value : value;
                if (done) this._wanted = this.push(null);
                // A stream takes null for its end, and undefined is no item.
                else if (item !== null && item !== undefined) this._offer(item);
            }
        } catch (error) {
            this.fail(error);
        }
        this._pulling = false;
    }

    /** End with an error, once everything before it has been read. */
    fail(error) {
        this._failed = true;
        if (this.readableLength) this._failure = error;
        else this.destroy(error);
    }

    read(size) {
        const item = super.read(size);
        if (this._failure && !this.readableLength) {
            process.nextTick(error => this.destroy(error), this._failure);
            this._failure = undefined;
        }
        return item;
    }

    _offer(item) {
        // A reader that takes it at once may request the next before this returns.
        this._wanted = false;
        if (this.push(item)) this._wanted = true;
    }

    _destroy(error, callback) {
        const ended = this._iterator?.return?.();
        if (ended instanceof Promise) ended.catch(() => {});
        callback(error);
    }

    // Methods of Readable, which there return streams that are not a DataStream

    map(func, ...args) {
        return this._derive(async function* (items) {
            for await (const item of items) yield func(item, ...args);
        });
    }

    filter(func, ...args) {
        return this._derive(async function* (items) {
            for await (const item of items) if (await func(item, ...args)) yield item;
        });
    }

    flatMap(func, ...args) {
        return this._derive(async function* (items) {
            for await (const item of items) yield* await func(item, ...args);
        });
    }

    reduce(func, initial) {
        return this._collect(func, initial);
    }

    async toArray() {
        const all = [];
        for await (const item of this) all.push(item);
        return all;
    }

    // Methods of DataStream only

    /** Call a function with each item, and pass the items on. */
    each(func, ...args) {
        return this._derive(async function* (items) {
            for await (const item of items) {
                await func(item, ...args);
                yield item;
            }
        });
    }

    /** Same as `each`. */
    do(func, ...args) {
        return this.each(func, ...args);
    }

    /** If this stream ends with an error, add the result of a function of that error. */
    catch(func) {
        return this._derive(async function* (items) {
            try {
                yield* items;
            } catch (error) {
                yield await func(error);
            }
        });
    }

    /** Collect items into arrays of the given size. */
    batch(count) {
        return this._derive(async function* (items) {
            let batch = [];
            for await (const item of items) {
                batch.push(item);
                if (batch.length === count) {
                    yield batch;
                    batch = [];
                }
            }
            if (batch.length) yield batch;
        });
    }

    /** Call a function with this stream and return its result. */
    use(func, ...args) {
        return func(this, ...args);
    }

    /** Convert the items to text, which is written unchanged. */
    stringify(func = String) {
        return Readable.from(this.map(item => Buffer.isBuffer(item) ? item : func(item)), { objectMode: false });
    }

    /** Same as `stringify`. */
    toStringStream(func) {
        return this.stringify(func);
    }

    /** Convert the items to JSON, one per line. */
    JSONStringify(end = "\n") {
        return this.stringify(item => JSON.stringify(item) + end);
    }

    /** Read and drop all items; resolve at the end. */
    async run() {
        for await (const _ of this);
        return this;
    }

    /** Call a function with each item; resolve at the end. */
    consume(func, ...args) {
        return this.each(func, ...args).run();
    }

    /** Resolve at the end. */
    whenEnd() {
        return new Promise((resolve, reject) => this.once("end", resolve).once("error", reject));
    }

    async _collect(func, result) {
        for await (const item of this) result = result === undefined ? item : await func(result, item);
        return result;
    }

    _derive(transform) {
        return new DataStream(transform(this));
    }
}

async function* itemsOf(value) {
    if (typeof value === "function") yield* DataStream.from(await value());
    else if (value !== undefined && value !== null) yield value;
}

function isIterable(value) {
    if (value === undefined || value === null || value instanceof Uint8Array) return false;
    return typeof value[Symbol.asyncIterator] === "function" || typeof value[Symbol.iterator] === "function";
}

/** Whether the Sequence created this stream itself, not this runner: its data is written to the output unchanged. */
function isForeignStream(value) {
    return typeof value?.pipe === "function" && !(value instanceof DataStream);
}

module.exports = { DataStream, isForeignStream, isIterable };
