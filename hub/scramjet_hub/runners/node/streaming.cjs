"use strict";

const { Readable } = require("node:stream");

/** How many items wait in a stream for whoever reads it. */
const WAITING = 16;

/**
 * A stream of objects: what a function of a Sequence gets, and what it gives when that is no stream of its own.
 * It has the methods of a `DataStream` of the package scramjet that Sequences call most.
 */
class DataStream extends Readable {
    /** @param {AsyncIterable<unknown> | Iterable<unknown>} [items] What it gives; none if `_read` is another's. */
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
     * A stream of whatever can be one: a stream, an iterable (also a string, by its characters), a function that gives
     * one when it is called, or one value.
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

    /** Push items until nobody wants more for now. */
    async _pull() {
        this._pulling = true;
        try {
            while (this._wanted) {
                const { value, done } = await this._iterator.next();
                const item = typeof value?.then === "function" ? await value : value;
                if (done) this._wanted = this.push(null);
                // A stream takes null for its end, and an item that is not there is none.
                else if (item !== null && item !== undefined) this._offer(item);
            }
        } catch (error) {
            this.fail(error);
        }
        this._pulling = false;
    }

    /** End with an error, once what came before it has been read. */
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
        // Whoever takes it at once may want the next before this returns.
        this._wanted = false;
        if (this.push(item)) this._wanted = true;
    }

    _destroy(error, callback) {
        const ended = this._iterator?.return?.();
        if (ended instanceof Promise) ended.catch(() => {});
        callback(error);
    }

    // What Readable has too, but gives streams that are no DataStream

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

    // What only a DataStream has

    /** Call a function with each item, and pass the items on. */
    each(func, ...args) {
        return this._derive(async function* (items) {
            for await (const item of items) {
                await func(item, ...args);
                yield item;
            }
        });
    }

    /** The same as `each`. */
    do(func, ...args) {
        return this.each(func, ...args);
    }

    /** What a function makes of the error that this stream ends with, if it ends with one. */
    catch(func) {
        return this._derive(async function* (items) {
            try {
                yield* items;
            } catch (error) {
                yield await func(error);
            }
        });
    }

    /** Gather items by so many. */
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

    /** What a function gives that is called with this stream. */
    use(func, ...args) {
        return func(this, ...args);
    }

    /** The items as text, which goes out as it is. */
    stringify(func = String) {
        return Readable.from(this.map(item => Buffer.isBuffer(item) ? item : func(item)), { objectMode: false });
    }

    /** The same as `stringify`. */
    toStringStream(func) {
        return this.stringify(func);
    }

    /** The items as JSON, one a line. */
    JSONStringify(end = "\n") {
        return this.stringify(item => JSON.stringify(item) + end);
    }

    /** Resolve when all items have been read; they go nowhere. */
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

/** A stream that a Sequence made, not this runner: what it gives is meant for the output as it is. */
function isForeignStream(value) {
    return typeof value?.pipe === "function" && !(value instanceof DataStream);
}

module.exports = { DataStream, isForeignStream, isIterable };
