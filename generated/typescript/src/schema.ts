// Made by `make clients` from openapi/. Do not edit.

import type { Binary } from "./bodies.js";
export interface paths {
    "/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the service name and version
         * @description Needs no token on a Hub; use it as a liveness check.
         *     It does not tell whether the Hub accepts new work; see `getHealth`.
         *     The Platform requires a token for this request too.
         */
        get: operations["getVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/platform": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open the channel between a Hub and its Space
         * @description The Space's first request to a Hub that has joined it, over the connection that the Hub has opened; see the tag `space`.
         *     Request and reply stay open as long as the connection: the request carries messages to the Hub, the reply those of the Hub.
         *     A message is a line with a JSON array: a code, and with most codes an object.
         *
         *     | code | from | object |
         *     |---|---|---|
         *     | 7000 | Space | `{msgCode, id}`: the id of a Hub that joined without one, which it keeps |
         *     | 7001 | Hub | `{msgCode, avgLoad, currentLoad, memFree, memUsed, fsSize}`: its load, at once and then every few seconds |
         *     | 7002 | Hub | an array of its network interfaces |
         *     | 7003 | Hub | `{instances}`: its Instances, after joining |
         *     | 7004 | Hub | `{sequences}`: its Sequences, after joining |
         *     | 7005 | Hub | `{instance}`: started; with the status `gone`, no longer listed |
         *     | 7006 | Hub | `{id, status, config}`: a Sequence was created (0) or deleted (1) |
         *     | 7007 | Hub | `{topicName, status, contentType, provides, requires, localProvider}`: a topic, `add` or `remove` |
         *     | 9001 | Space | the Hub's key was revoked |
         *     | 9002 | Space | the Space has too many Hubs |
         *     | 9003 | Space | the Hub was disconnected on request |
         *
         *     After a code from 9001 on, the Space closes the connection and the Hub does not join again.
         *     A Hub accepts this request only over that connection; from any other client it answers 404.
         */
        post: operations["openSpaceChannel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the Hub is connected to a Space
         * @description `cpm` is empty at a Hub that was told of no Space.
         *     Otherwise it names the Space, and `connected` tells whether the connection stands at this moment.
         */
        get: operations["getStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the Hub's public configuration
         * @description The Hub's settings, for people and for support.
         *     It never contains a secret: no token, no key, no path that reveals one.
         *     The fields differ between Hubs; rely only on the documented ones.
         */
        get: operations["getConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the Hub is healthy and accepts new work
         * @description A readiness probe for schedulers and load balancers; it needs no token.
         *     A Hub that is shutting down (SIGTERM) accepts no new work while its Instances stop, and answers 503 here until it has ended.
         *     All other operations keep working until then.
         *     It also answers 503, with the reasons in `problems`, when its data folder is gone or cannot be written to,
         *     or when the process that starts its Instances does not answer within five seconds.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the description of this API
         * @description The whole OpenAPI description that the server is built on, as JSON: the operations of Hubs, Spaces and Platforms.
         *     It needs no token. A page to read it with is at `/docs` of the server, outside the API base.
         */
        get: operations["getDescription"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.yaml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the description of this API as YAML
         * @description What `getDescription` returns, as YAML (RFC 9512); it needs no token.
         */
        get: operations["getDescriptionYaml"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the Hub's metrics
         * @description Counters and gauges in the OpenMetrics text format, for Prometheus and compatible tools: requests, Instances, streams, bytes, memory.
         *     The names are those of the embedded Hub and may grow in number; the text ends with `# EOF`.
         */
        get: operations["getMetrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/load-check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the load of the Hub's machine
         * @description CPU, memory and file systems of the machine; inside a container, those of the container.
         *     The Hub uses these figures to decide whether another Instance fits.
         */
        get: operations["getLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream the Hub's log
         * @description Begins with the recent log, bounded in length, and continues with new records as they are written.
         *     One JSON object a line, although the content type does not say so.
         *     Ends when the client disconnects or the Hub stops.
         *     A reader that does not keep up loses lines rather than slow down the Hub.
         */
        get: operations["streamLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream the audit trail
         * @description One line for each step of each operation on the server, with the requestor and the number of bytes transferred; begins with the recent ones.
         *     An operation has one line at its start and one at its end, correlated by `requestId`, the same as in the reply's header.
         *     A Platform and a MultiManager merge the trails of all Spaces that the token gives access to:
         *     records of Hubs then have `host`, the Hub's id, and `mId`, the Space's. Records of Spaces have no `opState`;
         *     see `streamSpaceAudit`.
         *     One JSON object a line, although the content type does not say so.
         *     Ends when the client disconnects or the server stops.
         */
        get: operations["streamAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Hub's Sequences, Instances and topics
         * @description A snapshot of all Sequences, Instances and topics, in the same form as their own lists.
         *     The lists are complete; there are no pages.
         */
        get: operations["listEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Hub's Sequences
         * @description The Sequences that the Hub keeps, in the order of their upload. A Sequence whose upload is still under way is not among them.
         *     Without parameters, all of them, in one page.
         *     With any parameter, the reply tells in `X-Total-Count` how many match, and in `Link` where the other pages are.
         */
        get: operations["listSequences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sequence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Upload a package as a new Sequence
         * @description Unpacks a `tar.gz` and stores it under a new id.
         *     The body is the package, with the content type `application/octet-stream` or none,
         *     or a form with the package in the field `package` (or `file`).
         *     Uploading the same package twice creates two Sequences.
         *
         *     The reply comes when the package is unpacked, validated and synced to the disk.
         *     Each file has a checksum, which is verified when a restarted Hub loads the package.
         *     A rejected or interrupted upload leaves nothing behind.
         *
         *     `package.json` must be at the root, or in the only folder there;
         *     entries that macOS, Windows and `tar` add (`.DS_Store`, `__MACOSX/`, `._*`, `PaxHeader/` and the like) do not count.
         *     The file named by `main` is looked for at the start, not at the upload;
         *     but a `main` that cannot be a file name, such as one of 300 letters, is rejected.
         *     Descriptive fields (`description`, `author`, `keywords`, `args`, `repository`) may have any form that npm accepts;
         *     values in a form that `SequenceConfig` does not describe are left out.
         *     JSON in `package.json`, and in `appConfig` of the form, may be nested 100 levels deep.
         */
        post: operations["uploadSequence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sequence/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a Sequence
         * @description The Sequence, its configuration and the ids of its Instances that have not finished.
         */
        get: operations["getSequence"];
        /**
         * Replace a Sequence's package
         * @description Puts another package in the place of the one that is kept; the id stays, and so does the name unless another one is given.
         *     The body is as for `uploadSequence`.
         *     A Sequence with Instances that have not finished cannot be replaced.
         *     If the new package is refused, the old one stays.
         */
        put: operations["replaceSequence"];
        post?: never;
        /**
         * Delete a Sequence
         * @description Deletes a Sequence and its files.
         *     If it has unfinished Instances, the reply is 409, unless `x-seq-kill-inst` is set: then they are killed first,
         *     the reply waits for their end, and Instances that had finished before are removed too.
         *     Without that header, finished Instances do not prevent the deletion and stay readable for as long as they are kept.
         */
        delete: operations["deleteSequence"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sequence/{id}/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a Sequence's Instances
         * @description The ids of a Sequence's Instances that have not finished. Finished ones that are still kept are in `listInstances`. There are no pages.
         */
        get: operations["listSequenceInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sequence/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start an Instance of a Sequence
         * @description Starts a Sequence as a new Instance, in a runner process of its own.
         *     The body may be an object, `null` or missing. Unknown fields are ignored; it may be nested 100 levels deep.
         *
         *     The reply comes as soon as the Instance exists and can be addressed, which may be before it runs.
         *     If it fails later, its status, `terminated` and log say so.
         *     If the file named by `main` does not exist, the reply is 400; if the stored package is damaged, 422.
         *     A failed start is rolled back.
         *
         *     `inputTopic` and `outputTopic` connect its input and output to topics; they override those that the Sequence declares.
         *     `instanceName` (since Hub 2.0) is accepted wherever the Instance's id is.
         *
         *     A Hub in a Space that does not have the Sequence `x` fetches `x.tar.gz` from the Space's store, stores it under this id
         *     and starts it; if the store does not have it either, the reply is 404.
         */
        post: operations["startSequence"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Hub's Instances
         * @description The Instances of the Hub, finished ones that are still kept among them, in the order of their creation.
         *     Without parameters, all of them, in one page.
         *     With any parameter, the reply tells in `X-Total-Count` how many match, and in `Link` where the other pages are.
         */
        get: operations["listInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened to Instances
         * @description The history of the Hub's Instances, also of those that are no longer kept, and from before restarts of the Hub.
         *     It is bounded by age and size; the oldest events go first.
         *     Everything that happened before the request is in it, starts that were replied to among them.
         *     What is in the list, or was in a stream, survives every end of the Hub, also one without warning,
         *     and so do the events of stops and kills that the Hub has replied to.
         *     The list and these replies wait for a slow disk, but not longer than a second.
         *     An Instance whose Hub ended without warning gets its `ended` when the Hub is back.
         */
        get: operations["listInstanceEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/streams/instance_events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow what happens to Instances
         * @description The history as a stream, one JSON object a line, which does not end before the Hub does.
         *     With the `id` of the last line as the `cursor`, a new request goes on exactly there, also after a restart of the Hub:
         *     no event is left out, and none comes twice.
         *     Where nothing is sent for a while, a `bookmark` moves the cursor on; without a cursor, the stream begins with one.
         *     If events after the cursor are no longer kept, the request is refused with 410, and a stream whose reader has fallen that far behind breaks off.
         */
        get: operations["watchInstanceEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return an Instance
         * @description An Instance and its status at this moment; once it has ended, also how (`terminated`) and when.
         *     To wait for the end, poll this operation, or read `output` or `log` to its end, which is faster.
         */
        get: operations["getInstance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return an Instance's health
         * @description The last health report of the Instance: its own, or that of the health check of the Sequence.
         *     Before the first report, the reply waits for it, up to five seconds; what has not reported by then is not healthy.
         *     Once the Instance has ended, it is not healthy any more.
         */
        get: operations["getInstanceHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/stdin": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to an Instance's stdin
         * @description Passes the body to the process's standard input as it arrives, at the pace of the process (back-pressure).
         *     The reply comes when all of it was accepted: 200, and stdin ends;
         *     with `x-end-stream: false`, 202, and stdin stays open for another write.
         *     Concurrent writes are accepted one after another.
         *     If the client disconnects before the end of its body, stdin does not end; the data received until then was passed on.
         */
        post: operations["writeStdin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/stdout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream an Instance's stdout
         * @description The bytes of the process's standard output as they come, beginning with those that have not been read yet.
         *     Ends when the Instance has ended or has closed it.
         *     The tag `instances` describes what concurrent readers get.
         */
        get: operations["readStdout"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/stderr": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream an Instance's stderr
         * @description The bytes of the process's standard error as they come, beginning with those that have not been read yet.
         *     Where a Sequence fails, its traceback is here.
         *     Ends when the Instance has ended or has closed it.
         *     The tag `instances` describes what concurrent readers get.
         */
        get: operations["readStderr"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/input": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to an Instance's input
         * @description Passes the body to the Sequence's input as it arrives, at the pace of the Sequence (back-pressure).
         *     The reply comes when all of it was accepted: 200, and the input ends;
         *     with `x-end-stream: false`, 202, and the input stays open for another write.
         *     Concurrent writes are accepted one after another.
         *     If the client disconnects before the end of its body, the input does not end; the data received until then was passed on.
         *
         *     The first write must have a content type, which holds for the whole input:
         *     it tells the runner whether the Sequence gets lines, decoded values or bytes.
         *     Later writes may omit it, but must not have another one.
         */
        post: operations["writeInput"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/output": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream an Instance's output
         * @description What the Sequence returns or yields, as it comes, beginning with what has not been read yet.
         *     Text is UTF-8; with an ndjson type it is one JSON value a line; bytes are passed on as they are.
         *     The content type of the reply is `application/octet-stream` all the same.
         *     Stays empty, and ends with the Instance, if the output feeds a topic.
         *     Ends when the Sequence has no more to give; the tag `instances` describes what concurrent readers get.
         */
        get: operations["readOutput"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/inout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write to an Instance's input and read its output in one request
         * @description `writeInput` and `readOutput` in one request, both ways at the same time:
         *     the reply begins before the request has ended, and goes on after it until the output ends.
         *     Many HTTP clients send all of a request before they read any of the reply; with those, use the two operations apart,
         *     or the two sides wait for each other once the buffers are full.
         *
         *     The first write has to name a content type, as for `writeInput`.
         *     `undefined`, which `si inst inout` sends unless it is told a type, is `text/plain` there, as `si inst input` would have it.
         */
        post: operations["exchangeInout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream an Instance's log
         * @description Every reader first gets the recent log, bounded in length, and then new records as they are written;
         *     after the Instance has ended, the log that is kept, and then the end of the stream.
         *     Contains the records of the Sequence, and those of the Hub and the runner about the Instance.
         *     One JSON object a line, although the content type does not say so.
         */
        get: operations["readInstanceLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/_event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event to an Instance
         * @description Passes an event on to the Instance, where it calls the handlers that the Sequence has for its name.
         *     The reply does not wait for them, nor does it tell whether there are any.
         *     The body is the event, or the event behind its message code in an array, as older clients send it; further fields are ignored.
         */
        post: operations["sendEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream all events of an Instance
         * @description Every event that the Instance sends from now on, one a line, with its name.
         *     Earlier ones are not repeated; `getLastEvent` returns the last one of each name.
         *     Ends with the Instance.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/events/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream an Instance's events with a given name
         * @description The message of every event of this name that the Instance sends from now on, as JSON, one a line; `null` where there is none.
         *     Earlier ones are not repeated.
         *     A name that the Instance never sends is not an error: the stream stays empty.
         *     Ends with the Instance.
         */
        get: operations["streamNamedEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/event/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the last event with a given name
         * @description The message of the last event of this name that the Instance has sent; any JSON value, including `0`, `""`, `false` and `null`.
         *     If there was none, the reply waits for the first one.
         *     If the Instance ends before that, the reply is 404.
         */
        get: operations["getLastEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/once": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait for an Instance's next event
         * @description Waits for the next event of any name, and returns it with its name.
         *     If the Instance ends before that, the reply is 404.
         *     Between two such requests events can be missed; `streamEvents` misses none.
         */
        get: operations["getNextEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/once/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Wait for an Instance's next event with a given name
         * @description Waits for the next event of this name, and returns its message.
         *     If the Instance ends before that, the reply is 404.
         *     Between two such requests events can be missed; `streamNamedEvents` misses none.
         */
        get: operations["getNextNamedEvent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/_stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask an Instance to stop
         * @description Runs the Instance's stop handlers, and kills it if it has not ended within `timeout`.
         *     With `canCallKeepalive`, each keep-alive call of the Sequence extends that time.
         *
         *     The reply comes at once, with the status `stopping`.
         *     `getInstance` shows how it ended: exit code 138 after a stop, 137 if it had to be killed.
         *     Another request while it stops changes nothing and is not an error; an Instance that has ended cannot be stopped.
         *     The body is an object, or an array of a message code and that object, as older clients send it; unknown fields are ignored.
         */
        post: operations["stopInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/_kill": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Kill an Instance
         * @description Kills the Instance and every process that it has started.
         *     Its kill handlers and its program's exit handlers run first; after a few seconds, or if the Sequence is too busy to run them, it is killed anyway.
         *     The reply comes at once, with the status `killing`; the Instance ends soon after, with exit code 137.
         *     Works at any time before the end, also while it starts or stops.
         *     With `removeImmediately`, the Instance, its log and its streams are removed as soon as it has ended.
         *     The body is an object, or an array of a message code and that object, as older clients send it; unknown fields are ignored.
         */
        post: operations["killInstance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/_monitoring_rate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the interval between reports of an Instance
         * @description Sets the time between two reports of the Instance; it begins with one second.
         *     `getInstanceHealth` is never newer than the last report.
         *     The body is an object, or the object behind its message code in an array, as older clients send it; further fields are ignored.
         */
        post: operations["setMonitoringRate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/streams/instances/exec": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Run a command beside an Instance
         * @description Opens a WebSocket, and runs a command beside a running Instance: in its folder, environment, limits and isolation.
         *     The Hub's operator has to allow it (`--exec`), and the token needs the scope `manage`.
         *     Where headers cannot be set, the token may be in `Sec-WebSocket-Protocol: Bearer, TOKEN`.
         *
         *     All messages are JSON objects.
         *     The client's first one names the command, and the Instance unless the query does:
         *     `{"id": "...", "body": {"command": ["sh", "-c", "..."], "disable_tty": true}}`; `disableTty` is the same.
         *     Unless `disable_tty` is true, the command gets a terminal, whose output is all `stdout`.
         *     Each message may have `body.stdin.data`, bytes for its input in base64, `body.stdin.close: true`, the end of the input,
         *     and `body.tty_size: {"height": 24, "width": 80}`, the size of the terminal.
         *
         *     The Hub's messages are `{"result": {"stdout": {"data": "..."}, "exited": false}}`, `stderr` likewise, then
         *     `{"result": {"exited": true, "exit_code": 0}}`, with `signal` if a signal ended the command,
         *     or `{"error": {"code": 404, "message": "..."}}`; then it closes the connection.
         *     When the connection ends, the command is killed with all processes that it has started;
         *     so it is when the Instance ends.
         */
        get: operations["execCommand"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Hub's topics
         * @description All topics, whether created by a client or an Instance, with the Instance that feeds each, if one does. There are no pages.
         *     `topic` and `topicName` are the same.
         */
        get: operations["listTopics"];
        put?: never;
        /**
         * Create a topic
         * @description Creates a topic before it is written or read. Only needed to fix its content type: first use creates a topic too.
         *     A name that is taken is refused, also when the type is the same.
         */
        post: operations["createTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topics/{topic}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a topic
         * @description Readers get what was written so far, and then the end; what was kept for readers to come is dropped.
         *     Writers at work are refused with 409.
         *     Naming the topic again makes a new one, possibly of another type.
         */
        delete: operations["deleteTopic"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/topic/{topic}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a topic
         * @description What is written to the topic from now on, as it comes; to the first reader, also what was kept until now.
         *     Creates the topic if it is not there, which takes a token that may change something; 403 with one that may only read.
         *     `HEAD` neither reads nor creates anything.
         *     The type goes into the `Content-Type` of the request, and must be that of the topic; if left out, it is the topic's own.
         *     The reply has the same type; `application/octet-stream` while the topic has none yet, see the tag `topics`.
         *     Ends when a writer ends it with `x-end-stream`, when the topic is deleted, or with the Hub;
         *     the tag `topics` tells more.
         */
        get: operations["readTopic"];
        put?: never;
        /**
         * Write to a topic
         * @description Passes the body on to the topic as it comes, as fast as its readers take it, and creates the topic if it is not there.
         *     The reply comes when all of the body was taken, which does not mean that it has been read.
         *     A body without a content type is of the topic's own, `application/x-ndjson` if none has been named. An empty one is fine.
         *
         *     With `x-end-stream: true` all current readers are ended after it, and the reply is 200; otherwise 202.
         *     The topic itself stays in any case.
         *     The tag `topics` describes what happens to data without a reader.
         */
        post: operations["writeTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/version": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the version of the Space
         * @description The service name and version of the Space.
         */
        get: operations["getSpaceVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/config": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the Space's public configuration
         * @description The Space's settings, without any secret. The fields differ between Spaces.
         */
        get: operations["getSpaceConfig"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check whether the Space is healthy
         * @description How long the Space has been running, and whether each of its parts works.
         */
        get: operations["getSpaceHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/load": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the load of the Space's machine
         * @description The load of the machine that the Space itself runs on. Its Hubs have loads of their own; see `getLoad`.
         */
        get: operations["getSpaceLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/load-stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream the load of the Space's machine
         * @description What `getSpaceLoad` shows, again and again, one JSON object a line, until the client goes.
         */
        get: operations["streamSpaceLoad"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Space's Hubs
         * @description The Hubs that are connected, and those that were and may reconnect.
         *     Within a page, connected Hubs come first, then healthy ones.
         *     A Hub is healthy if it reported its load within the last 61 seconds.
         *     One page at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.
         */
        get: operations["listHubs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/sth": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a Hub
         * @description Announces a Hub that will join, with the id, the description and the tags that it is to be listed with.
         *     It is listed from now on, as not connected until it joins.
         *     Without an id, the Space creates one. Unknown fields are ignored.
         */
        post: operations["registerHub"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/sth/{hub_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete a Hub
         * @description Removes a Hub from the Space's list.
         *     A connected Hub is refused with 409, unless `x-force` is `true`: then the Space disconnects it first.
         *     Only Hubs that joined with an access key (`selfHosted`) can be deleted; others are refused with 400, with `x-force` too.
         *     The Hub itself, with its Sequences and Instances, keeps running.
         */
        delete: operations["deleteHub"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/sth/{hub_id}/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return a Hub of the Space
         * @description One Hub as `listHubs` shows it, without its `topics`, `sequences` and `instances`.
         */
        get: operations["getHubInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/sequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ids of the Space's Sequences
         * @description The ids of the Sequences on all connected Hubs of the Space, without the packages in its store. There are no pages.
         *     `listAllSpaceSequences` has more than ids.
         */
        get: operations["listSpaceSequences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/all_sequences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Space's Sequences
         * @description The packages in the Space's store, with `store` as their `location`, and then the Sequences on its Hubs,
         *     with the Hub's id as their `location`. `config` has no `container` and no `config`.
         *     One page at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.
         */
        get: operations["listAllSpaceSequences"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/instances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Space's Instances
         * @description The Instances on all connected Hubs of the Space, as their Hubs reported them:
         *     of an Instance that has just been started there may be no more than `id` and `sequence`.
         *     Older Spaces return nested arrays of ids, and no pages.
         *     One page at a time. If `offset` or `limit` is out of range, the reply is the first page of 100.
         */
        get: operations["listSpaceInstances"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/entities": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the ids of the Space's Hubs, Sequences, Instances and topics
         * @description Ids of Hubs, Sequences and Instances, and names of topics.
         *     Sequences include the packages in the store. At most 100 Sequences and 100 Instances are listed, and there are no pages;
         *     `listAllSpaceSequences` and `listSpaceInstances` have the others.
         */
        get: operations["listSpaceEntities"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/topics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Space's topics
         * @description The topics of the Space, and who writes and reads each (`actors`).
         *     The shape differs from that of a Hub's topics.
         *     An actor whose stream has ended is `retired` until the Space removes it, moments later; a topic without actors is removed.
         */
        get: operations["listSpaceTopics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/topic/{topic}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a topic of the Space
         * @description What is written from now on to a topic that spans all Hubs of the Space. Creates the topic if it does not exist.
         *     The reply is `application/octet-stream` for every topic, and the `Content-Type` of the request is ignored:
         *     `listSpaceTopics` tells the topic's type.
         *     The Space keeps nothing: what was written before is not replayed. A writer that ends does not end its readers.
         */
        get: operations["readSpaceTopic"];
        put?: never;
        /**
         * Write to a topic of the Space
         * @description Passes the body on to all readers of a topic that spans all Hubs of the Space. Creates the topic if it does not exist.
         *     The topic has the type of its first writer or reader. The Space accepts every type, also another than the topic's.
         *     A Hub whose own topic has another type refuses the data.
         *
         *     The reply's head may come before the body is read; its end comes when all of the body was passed on.
         *     Without a reader, the Space takes a little and then waits for one.
         *     With `x-end-stream: true` the status is 200, otherwise 202. The header has no other effect: readers are not ended.
         */
        post: operations["writeSpaceTopic"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/log": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream the logs of the Space and its Hubs
         * @description The logs of the Space and of all connected Hubs, as one stream. Begins with the recent log, bounded in length.
         *     A line of a Hub is the Hub's id, a colon, a space and the JSON object of the Hub's log; so that line is not JSON.
         *     A line of the Space itself is a JSON object alone.
         *     Ends when the client disconnects or the Space stops.
         */
        get: operations["streamSpaceLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream the Space's audit trail
         * @description As `streamAudit` at a Hub, for the Space and all its Hubs.
         *     Records of Hubs have the Hub's id as `host`. Records of the Space have no `opState`:
         *     a Hub joined (14000) or left (14001), and a heartbeat (13020) every few seconds.
         *     One JSON object a line, although the content type does not say so.
         */
        get: operations["streamSpaceAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/disconnect": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Disconnect Hubs
         * @description Disconnects one Hub (`id`), the Hubs that joined with one access key (`accessKey`), or all but the first `limit`,
         *     in the order in which they first joined. The fields may be combined: each adds its Hubs.
         *     Only Hubs that joined with an access key (`selfHosted`) can be disconnected; the others do not count for `limit`.
         *
         *     Each Hub is told why, and then its connection is closed; the reply does not wait for that.
         *     Such a Hub does not reconnect by itself. Its Sequences and Instances keep running.
         */
        post: operations["disconnectHubs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/s3": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the packages in the Space's store
         * @description What the store knows of each package: the same fields as the `config` of a Sequence.
         *     `id` and `_fileId` are created by the Space, `_filename` is the name by which the package is fetched and deleted.
         *     There are no pages.
         */
        get: operations["listStoreItems"];
        /**
         * Put a package into the Space's store
         * @description Stores a `tar.gz` under its new id, as the file `{id}.tar.gz`, for Hubs of the Space to fetch.
         *     The package needs `name` and `main` in its `package.json`.
         *     Every Hub of the Space can then start it by its id as a Sequence.
         */
        put: operations["addStoreItem"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/s3/{filename}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a package from the Space's store
         * @description The stored `tar.gz`, byte for byte. Hubs fetch packages with this request.
         */
        get: operations["getStoreItem"];
        /**
         * Put a package into the Space's store under a name
         * @description Stores a `tar.gz` as a file of this name, for Hubs of the Space to fetch.
         *     The package needs `name` and `main` in its `package.json`.
         *     A file of the same name is replaced. The Space creates the item's `id`; the name is its `_filename`.
         *
         *     A Hub that is asked to start a Sequence `x` that it does not have fetches the file `x.tar.gz`.
         */
        put: operations["putStoreItem"];
        post?: never;
        /**
         * Delete a package from the Space's store
         * @description Deletes the package with this file name; an item's `id` is accepted too.
         *     Sequences that Hubs made from it stay.
         */
        delete: operations["deleteStoreItem"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/api/v1/store": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete all packages from the Space's store
         * @description Deletes every package of the store. Sequences that Hubs made from them stay.
         */
        delete: operations["clearStore"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/spaces": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the Spaces that the token opens
         * @description The Spaces that the token gives access to; usually one. The id goes into every path below `/space/{space_id}`.
         *     `si` works on the first one, so servers list the preferred Space first.
         */
        get: operations["listSpaces"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/space/{space_id}/apikey": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a Space's access keys
         * @description When each key was created and what for. The keys themselves are never shown.
         */
        get: operations["listAccessKeys"];
        put?: never;
        /**
         * Create an access key for a Space
         * @description Creates a key with which Hubs join the Space. One key may serve several Hubs. Clients need a token instead.
         *     The key is shown only in this reply. Its first 16 characters are its id, which is no secret.
         */
        post: operations["createAccessKey"];
        /**
         * Revoke access keys of a Space
         * @description Revokes the key that `x-revoke` names, or every key of the Space with `x-revoke-all: true`.
         *     One of the two headers is required.
         *     `x-revoke` is the key's `created` as `listAccessKeys` shows it, the key's id (its first 16 characters) or the whole key.
         *     Hubs that joined with a revoked key are disconnected at once, with all their streams, and do not reconnect.
         */
        delete: operations["revokeAccessKeys"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/info": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Return the MultiManager's address and the number of its Spaces
         * @description Where the MultiManager serves, and how many Spaces it has.
         */
        get: operations["getMultiManagerInfo"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/list": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the MultiManager's Spaces
         * @description The ids of the Spaces that run here; each is served below `/cpm/{space_id}/api/v1`. There are no pages.
         */
        get: operations["listManagers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start a Space
         * @description Starts a Space, which is then served below `/cpm/{space_id}/api/v1` and, at a Platform, `/space/{space_id}/api/v1`.
         *     Without an id, the server creates one. Unknown fields are ignored.
         */
        post: operations["startManager"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/cpm/{space_id}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop a Space
         * @description Stops a Space: its Hubs are disconnected, its streams end, and it is no longer served.
         *     What it stored (keys, packages) is kept for the next Space that is started with this id.
         */
        post: operations["stopManager"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Accepted */
        Accepted: {
            /** @description Always true; what is refused gets an error. */
            accepted: boolean;
        };
        /**
         * AccessKey
         * @description What is known of a key; never the key.
         */
        AccessKey: {
            /** @description The first 16 characters of the key, which are no secret. Not every Platform tells. */
            id?: string;
            /**
             * Format: int64
             * @description When it was made, in milliseconds since 1970 (UTC).
             */
            created: number;
            description: string;
        };
        /** AccessKeyRequest */
        AccessKeyRequest: {
            description?: string;
        } & {
            [key: string]: unknown;
        };
        /** AccessKeys */
        AccessKeys: {
            accessKeys: components["schemas"]["AccessKey"][];
        };
        /**
         * ApiDescription
         * @description An OpenAPI 3.1 document; further keys are those of that standard.
         */
        ApiDescription: {
            openapi: string;
            info: {
                title: string;
                version: string;
            } & {
                [key: string]: unknown;
            };
            /** @description The operations, by path and method. */
            paths: {
                [key: string]: unknown;
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * AppConfig
         * @description The configuration of an Instance, which the Sequence reads as `context.config`.
         */
        AppConfig: {
            [key: string]: unknown;
        };
        /**
         * AuditRecord
         * @description One line of the audit stream, about one step of one operation.
         */
        AuditRecord: {
            /**
             * @description `START` and `END` frame an operation; `ACTIVE` and `ERROR` come between, from STH; empty for what happens outside of one.
             *     Always there in records of Hubs, never in those of Spaces.
             */
            opState?: string;
            /**
             * Format: int32
             * @description A number for the kind of operation.
             */
            opCode: number;
            requestId?: string;
            /** @description Who sent the request. */
            requestorId?: string;
            /** @description The id of the Hub; in trails of Spaces and above. */
            host?: string;
            /** @description The id of the Space; in trails of Platforms and MultiManagers. */
            mId?: string;
            limits?: components["schemas"]["Limits"];
            /** @description The Sequence, Instance or topic that it was about. */
            objectId?: string;
            /**
             * Format: int64
             * @description Bytes received so far.
             */
            rx?: number;
            /**
             * Format: int64
             * @description Bytes sent so far.
             */
            tx?: number;
            /**
             * Format: int64
             * @description Milliseconds since 1970 (UTC).
             */
            receivedAt?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * ChannelMessage
         * @description A message between a Hub and its Space, a code and, with most codes, its content.
         */
        ChannelMessage: [
            number,
            unknown
        ];
        /**
         * CreatedAccessKey
         * @description A key, shown once. Platforms may tell more of it.
         */
        CreatedAccessKey: {
            /**
             * Format: password
             * @description The key. It is never shown again.
             */
            accessKey: string;
            /**
             * Format: int64
             * @description When it was made, in milliseconds since 1970 (UTC).
             */
            created?: number;
            description?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * DeletedHub
         * @description The reply to a deletion; Spaces need not tell the id.
         */
        DeletedHub: {
            id?: components["schemas"]["HubId"];
        };
        /** DisconnectReply */
        DisconnectReply: {
            managerId: string;
            disconnected: components["schemas"]["DisconnectedHub"][];
        };
        /**
         * DisconnectRequest
         * @description Which Hubs to disconnect; at least one of the three.
         */
        DisconnectRequest: {
            id?: components["schemas"]["HubId"];
            /** @description Keep this number of connected self-hosted Hubs, those that joined first; disconnect the others. */
            limit?: number;
            /** @description Disconnect the Hubs that joined with this key, named by its id, the first 16 characters. */
            accessKey?: string;
        } & {
            [key: string]: unknown;
        };
        /** DisconnectedHub */
        DisconnectedHub: {
            sthId: components["schemas"]["HubId"];
            /**
             * @description The field of the request that named it; `id`, `accessKey` or `limit`.
             * @enum {string}
             */
            reason: "id_drop" | "key_revoked" | "limit_exceeded";
        };
        /**
         * Empty
         * @description An object with nothing in it.
         */
        Empty: Record<string, never>;
        /**
         * Entities
         * @description All that a Hub holds.
         */
        Entities: {
            sequences: components["schemas"]["Sequence"][];
            instances: components["schemas"]["Instance"][];
            topics?: components["schemas"]["Topic"][];
        };
        /**
         * ErrorDetail
         * @description A failure in parts. Hubs add fields of their own, so this object is open.
         */
        ErrorDetail: {
            /** @description A word for the kind of failure, such as `PRERUNNER_ERROR`. */
            code?: string;
            /** @description What went wrong, for people. */
            message?: string;
            /**
             * @description Which part of the request was refused.
             * @enum {string}
             */
            in?: "path" | "query" | "header" | "body";
            /** @description The parameter, or a JSON pointer into the body. */
            field?: string;
            /** @description Why it was refused. */
            reason?: string;
            /** @description Further details, if the server has any. */
            data?: unknown;
        } & {
            [key: string]: unknown;
        };
        /**
         * ErrorReply
         * @description How a Hub or a Space reports a failure.
         *     `error` is a sentence, or an object where there is more to tell, such as which field of a body was refused and why.
         */
        ErrorReply: {
            /** @description What went wrong. */
            error: string | components["schemas"]["ErrorDetail"];
            /**
             * @description The fields of the request that were refused, the one that `error` tells of first; several at once if several are wrong.
             *     Left out where the error is about no field, and by Hubs that do not know it, STH among them.
             */
            fields?: components["schemas"]["FieldError"][];
        };
        /**
         * Event
         * @description An event that an Instance has sent.
         */
        Event: {
            eventName: components["schemas"]["EventName"];
            /** @description What came with it; left out if nothing did. */
            message?: unknown;
        };
        /** EventAccepted */
        EventAccepted: {
            /** @constant */
            accepted: "OK";
        };
        /**
         * EventBody
         * @description An event, by itself or behind its message code.
         */
        EventBody: components["schemas"]["EventRequest"] | components["schemas"]["EventMessage"];
        /**
         * EventMessage
         * @description The runner's message, code and content.
         */
        EventMessage: [
            5001,
            components["schemas"]["EventRequest"]
        ];
        /** EventName */
        EventName: string;
        /**
         * EventRequest
         * @description An event for an Instance.
         */
        EventRequest: {
            eventName: components["schemas"]["EventName"];
            /** @description Anything that JSON can say. */
            message?: unknown;
        } & {
            [key: string]: unknown;
        };
        /**
         * EventValue
         * @description The message of an event, any JSON value; `null` if it has none.
         */
        EventValue: unknown;
        /**
         * FieldError
         * @description A field of a request that was refused, and why.
         */
        FieldError: {
            /** @description The name of a parameter, a JSON pointer into the body, or `body` for the body as a whole. */
            field: string;
            /** @description What is wrong with it. */
            description: string;
        };
        /**
         * FileSystem
         * @description How full a file system is.
         */
        FileSystem: {
            /** @description The device, or the path that was looked at. */
            fs: string;
            type?: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            size: number;
            /**
             * Format: int64
             * @description Bytes.
             */
            used: number;
            /**
             * Format: int64
             * @description Bytes.
             */
            available: number;
            /** @description How much of it is used, in percent. */
            use: number;
            mount?: string;
        };
        /**
         * HealthModules
         * @description Whether each part works, by its name; `sthServer` accepts Hubs.
         */
        HealthModules: {
            [key: string]: boolean;
        };
        /**
         * HubConfig
         * @description The public part of a Hub's configuration, without any secret.
         *     Hubs differ much in what they tell, so only what they share is named and anything may follow.
         */
        HubConfig: {
            logLevel?: string;
            /** @description What runs Instances, such as `process`, `docker` or `kubernetes`. */
            runtimeAdapter?: string;
            identifyExisting?: boolean;
            /** @description Memory that the Hub keeps for itself, in megabytes. */
            safeOperationLimit?: number;
            host?: components["schemas"]["HubConfigHost"];
            instanceRequirements?: components["schemas"]["InstanceRequirements"];
            isolation?: components["schemas"]["Isolation"];
        } & {
            [key: string]: unknown;
        };
        /**
         * HubConfigHost
         * @description Where the Hub serves.
         */
        HubConfigHost: {
            hostname?: string;
            /** @description A number; STH keeps the string it was given on its command line. */
            port?: number | string;
            apiBase?: string;
            /** @description The Hub's id. */
            id?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * HubConnectionInfo
         * @description When the Hub was registered and last seen.
         */
        HubConnectionInfo: {
            /** Format: date-time */
            created: string;
            /** Format: date-time */
            lastConnected?: string;
            /** Format: date-time */
            lastDisconnected?: string;
        };
        /**
         * HubHealth
         * @description Whether a server is healthy and accepts new work. Hub 2.0 adds fields of its own.
         */
        HubHealth: {
            /** @description False while the server shuts down, or when it cannot work. */
            healthy: boolean;
            /** @description What keeps it from its work, in sentences. */
            problems?: string[];
            /** @description Seconds since the server was started; of a MultiManager. */
            uptime?: number;
            /**
             * Format: int64
             * @description The time of the reply, in milliseconds since 1970 (UTC); of a MultiManager.
             */
            timestamp?: number;
            modules?: components["schemas"]["HealthModules"];
        } & {
            [key: string]: unknown;
        };
        /** HubId */
        HubId: string;
        /**
         * HubInfo
         * @description A Hub as its Space sees it.
         */
        HubInfo: {
            id: components["schemas"]["HubId"];
            info: components["schemas"]["HubConnectionInfo"];
            healthy: boolean;
            isConnectionActive: boolean;
            /** @description Whether the Hub joined with an access key. Only such a Hub can be disconnected and deleted. */
            selfHosted?: boolean;
            description?: string;
            tags?: string[];
            /**
             * @description Why it is not connected: `disconnected` (its connection was lost or it closed it), or, after the Space disconnected
             *     it, `id_drop`, `key_revoked` or `limit_exceeded`.
             * @enum {string}
             */
            disconnectReason?: "disconnected" | "id_drop" | "key_revoked" | "limit_exceeded";
            /** @description Names of its topics. */
            topics?: string[];
            /** @description Ids of its Sequences. */
            sequences?: string[];
            /** @description Ids of its Instances. */
            instances?: string[];
        };
        /** HubRef */
        HubRef: {
            id: components["schemas"]["HubId"];
        };
        /**
         * HubRegistration
         * @description A Hub that will join.
         */
        HubRegistration: {
            id?: components["schemas"]["NewHubId"];
            description?: string;
            tags?: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * Instance
         * @description A running, or lately finished, Sequence.
         */
        Instance: {
            /** Format: uuid */
            id: string;
            /** @description The name given at start. Since Hub 2.0. */
            instanceName?: string;
            appConfig?: components["schemas"]["AppConfig"];
            args?: unknown[];
            /** @description The topic that its output feeds; empty or left out if there is none. */
            provides?: string;
            /** @description The topic that feeds its input; empty or left out if there is none. */
            requires?: string;
            /** @description The Sequence it was started from; older Hubs give its id alone. */
            sequence: string | components["schemas"]["StartedSequence"];
            ports?: components["schemas"]["InstancePorts"];
            /** Format: date-time */
            created?: string;
            /** Format: date-time */
            started?: string;
            /** Format: date-time */
            ended?: string;
            status?: components["schemas"]["InstanceStatus"];
            terminated?: components["schemas"]["Terminated"];
            limits?: components["schemas"]["Limits"];
            /**
             * @deprecated
             * @description `args`, as older Hubs call it.
             */
            sequenceArgs?: unknown[];
            /**
             * @deprecated
             * @description `sequence`, as older Hubs call it in replies to `_stop` and `_kill`.
             */
            sequenceInfo?: components["schemas"]["StartedSequence"];
        };
        /**
         * InstanceEvent
         * @description Something that happened to an Instance.
         */
        InstanceEvent: {
            /** @description Its id, and the cursor after which a stream goes on. Larger, as a number, than those of all events before it. */
            id: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            when: string;
            /**
             * Format: uuid
             * @description The Instance. Left out where a start was refused that chose no id.
             */
            instance_id?: string;
            type: components["schemas"]["InstanceEventType"];
            /** @description What happened, for people. */
            message: string;
            metadata: components["schemas"]["InstanceEventMetadata"];
        };
        /**
         * InstanceEventMetadata
         * @description What happened, for programs: `sequence` and `instanceName` (created, start_refused), `status` and `previous` (status),
         *     `healthy` (health), `requires` or `provides` (topics), `timeout` in milliseconds (stop), `reason` (kill, ended),
         *     `exitcode` and `status` (ended).
         */
        InstanceEventMetadata: {
            [key: string]: unknown;
        };
        /**
         * InstanceEventType
         * @description What happened: an Instance was `created`, its runner `started`, its `status` or its `health` changed,
         *     `topics` were tied to it, it was asked to `stop`, or was told to end (`kill`), it `ended`,
         *     or a start was refused (`start_refused`).
         *     In streams, a `bookmark` tells of no event but moves the cursor on: everything until its `id` has been sent.
         * @enum {string}
         */
        InstanceEventType: "created" | "started" | "status" | "health" | "topics" | "stop" | "kill" | "ended" | "start_refused" | "bookmark";
        /**
         * InstanceEvents
         * @description A page of the history.
         */
        InstanceEvents: {
            events: components["schemas"]["InstanceEvent"][];
            /** @description How many there are at most on this page. */
            limit: number;
            /** @description How many were left out before it. */
            offset: number;
            order: components["schemas"]["ListOrder"];
            /** @description Whether there are more after this page. */
            has_next: boolean;
        };
        /**
         * InstanceHealth
         * @description What the Instance last said of itself. A health check of the Sequence may add fields.
         */
        InstanceHealth: {
            healthy: boolean;
            /**
             * Format: int64
             * @description The process, where the Hub runs it as one.
             */
            processId?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * InstancePorts
         * @description Ports that an Instance has open, by name.
         */
        InstancePorts: {
            [key: string]: unknown;
        };
        /**
         * InstanceRequirements
         * @description What must be free on the machine for an Instance to be started.
         */
        InstanceRequirements: {
            /** @description Megabytes. */
            freeMem?: number;
            /** @description Percent. */
            cpuLoad?: number;
            /** @description Megabytes. */
            freeSpace?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * InstanceStatus
         * @description Where an Instance is in its life. It goes from left to right and never back:
         *     `initializing`, `starting`, `running`, then `stopping` after `_stop` or `killing` after `_kill`,
         *     and ends as `completed` or `errored`. `gone` is one of which the Hub has lost sight.
         * @enum {string}
         */
        InstanceStatus: "initializing" | "starting" | "running" | "stopping" | "killing" | "completed" | "errored" | "gone";
        /**
         * Isolation
         * @description How Sequences are confined on this Hub.
         */
        Isolation: {
            /**
             * @description `none`: a Sequence has all rights of the Hub's user. `landlock`: the kernel denies it the files and processes of others.
             *     `bubblewrap`: it also has namespaces of its own.
             */
            kind: string;
            /** @description What is kept from a Sequence, such as `files`, `processes` or `network`. */
            enforces?: string[];
            /**
             * @description How each resource limit is enforced: per `process`, or for all of an Instance's processes together by `cgroup` or `namespace`.
             *     A limit without an entry is not enforced on this machine.
             */
            limits?: {
                [key: string]: string;
            };
        } & {
            [key: string]: unknown;
        };
        /**
         * KillBody
         * @description How to kill an Instance, by itself or behind its message code; `null` is as good as left out.
         */
        KillBody: components["schemas"]["KillRequest"] | components["schemas"]["KillMessage"] | null;
        /**
         * KillMessage
         * @description The runner's message, code and content.
         */
        KillMessage: [
            4002,
            components["schemas"]["KillRequest"]
        ];
        /** KillRequest */
        KillRequest: {
            /**
             * @description Whether to forget the Instance as soon as it has ended, with its logs and streams.
             * @default false
             */
            removeImmediately?: boolean;
        } & {
            [key: string]: unknown;
        };
        /**
         * Limits
         * @description What an Instance may use at most.
         */
        Limits: {
            /** @description Megabytes. */
            memory?: number;
            gpu?: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * ListOrder
         * @description The order of a list by time, `asc` with the oldest or `desc` with the newest first.
         * @enum {string}
         */
        ListOrder: "asc" | "desc";
        /**
         * ListedSpaceInstances
         * @description Instances, or ids of Instances, as older Spaces give them.
         */
        ListedSpaceInstances: components["schemas"]["SpaceInstances"] | components["schemas"]["NestedIds"];
        /**
         * ListedTopicContentType
         * @description As TopicContentType; empty in older Hubs until the type has been set.
         * @enum {string}
         */
        ListedTopicContentType: "text/x-ndjson" | "application/x-ndjson" | "text/plain" | "application/octet-stream" | "";
        /**
         * Load
         * @description How busy a machine is.
         */
        Load: {
            /** @description The machine's load average over one minute, divided by the number of its processors. */
            avgLoad: number;
            /** @description Processor time in use, in percent. */
            currentLoad: number;
            /** @description Memory that Instances can still take, in bytes. */
            memFree: number;
            /** @description Memory in use, in bytes. */
            memUsed: number;
            fsSize: components["schemas"]["FileSystem"][];
        };
        /**
         * LogRecord
         * @description One line of a log. Writers may add fields.
         */
        LogRecord: {
            /** @enum {string} */
            level: "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";
            msg: string;
            /**
             * Format: int64
             * @description When it was written, in milliseconds since 1970 (UTC).
             */
            ts: number;
            /** @description The part of the server, or the Instance, that wrote it. */
            from?: string;
            /** @description Further values, of any kind. */
            data?: unknown[];
        } & {
            [key: string]: unknown;
        };
        /**
         * ManagerSettings
         * @description The configuration of a Space. Servers know further fields.
         */
        ManagerSettings: {
            id?: components["schemas"]["NewSpaceId"];
        } & {
            [key: string]: unknown;
        };
        /** Message */
        Message: {
            /** @description What was done, for people. */
            message: string;
        };
        /** MonitoringRate */
        MonitoringRate: {
            /** @description Milliseconds between two reports. */
            monitoringRate: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * MonitoringRateBody
         * @description A rate, by itself or behind its message code.
         */
        MonitoringRateBody: components["schemas"]["MonitoringRate"] | components["schemas"]["MonitoringRateMessage"];
        /**
         * MonitoringRateMessage
         * @description The runner's message, code and content.
         */
        MonitoringRateMessage: [
            4003,
            components["schemas"]["MonitoringRate"]
        ];
        /** MultiManagerInfo */
        MultiManagerInfo: {
            /** @description The path of the API base, such as `/api/v1`. */
            apiBase: string;
            /** Format: int64 */
            apiPort: number;
            id: string;
            /**
             * Format: int64
             * @description The number of Spaces.
             */
            managersCount: number;
        } & {
            [key: string]: unknown;
        };
        /**
         * NestedIds
         * @description Ids in arrays, an array a Hub, as older Spaces give them.
         */
        NestedIds: string[][][];
        /**
         * NewHubId
         * @description The id of a Hub that joins. `si` takes no other, whatever ids older Spaces list.
         */
        NewHubId: string;
        /**
         * NewSpaceId
         * @description The id of a new Space. `si` takes no other, whatever ids older Platforms list.
         */
        NewSpaceId: string;
        /**
         * OptionalTopicName
         * @description As TopicName, or empty for no topic, as an Instance without one shows it.
         */
        OptionalTopicName: string;
        /**
         * PlatformErrorReply
         * @description How the Platform refuses a request, also one that was meant for a Hub behind it.
         */
        PlatformErrorReply: {
            /** @description Why, in a word or two. */
            message: string;
        };
        /**
         * RefusalReply
         * @description A missing right, as a Hub or as the Platform tells it.
         */
        RefusalReply: components["schemas"]["ErrorReply"] | components["schemas"]["PlatformErrorReply"];
        /** RevokedKeys */
        RevokedKeys: {
            message: string;
            /** Format: int64 */
            keysRevoked: number;
        };
        /**
         * Sequence
         * @description A program that a Hub keeps, ready to be started.
         */
        Sequence: {
            /** Format: uuid */
            id: string;
            /** @description The alias given with `x-name` at upload. */
            name?: string;
            config: components["schemas"]["SequenceConfig"];
            /** @description The id of the Hub that keeps it. */
            location?: string;
            /** @description Ids of its Instances that have not finished. */
            instances: string[];
        };
        /**
         * SequenceAuthor
         * @description An author in parts, as npm allows.
         */
        SequenceAuthor: {
            name?: string;
            email?: string;
            url?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * SequenceConfig
         * @description What the Hub knows of a package: fields of its `package.json` and where the Hub keeps it.
         *     Other fields of `package.json` may be passed on, so this object is open.
         */
        SequenceConfig: {
            /**
             * @description What runs its Instances.
             * @enum {string}
             */
            type: "process" | "docker" | "kubernetes";
            /** Format: uuid */
            id: string;
            /** @description From `package.json`, empty if it has none. */
            name: string;
            /** @description From `package.json`, empty if it has none. */
            version: string;
            engines: components["schemas"]["SequenceEngines"];
            /** @description `main` of `package.json`. */
            entrypointPath: string;
            /** @description The folder of the package, as the runner sees it. */
            sequenceDir: string;
            /** @description What runs it; STH says `js` or `py`. */
            language?: string;
            description?: string;
            /** @description A name, or what `package.json` has in its place. */
            author?: string | components["schemas"]["SequenceAuthor"];
            /** @description From `package.json`; a text there is taken apart at its commas. */
            keywords?: string[];
            /** @description From `package.json`; what `start` takes, described in any form. */
            args?: unknown[];
            /** @description From `package.json`. */
            repository?: string | components["schemas"]["SequenceRepository"];
            /**
             * Format: int64
             * @description Bytes of the uploaded package.
             */
            packageSize?: number;
            /**
             * @description What of the stored package is not as it was uploaded; missing if all is.
             *     Such a Sequence cannot be started, but replaced and deleted.
             */
            damaged?: string;
            container?: components["schemas"]["SequenceContainer"];
            config?: components["schemas"]["SequencePackageConfig"];
        } & {
            [key: string]: unknown;
        };
        /**
         * SequenceContainer
         * @description How the container is set up, where there is one.
         */
        SequenceContainer: {
            [key: string]: unknown;
        };
        /**
         * SequenceEngines
         * @description From `package.json`; versions of at most one language. A list there, as in old packages, becomes an object.
         */
        SequenceEngines: {
            [key: string]: string;
        };
        /**
         * SequenceId
         * @description The id of a Sequence.
         */
        SequenceId: {
            /** Format: uuid */
            id: string;
        };
        /**
         * SequencePackageConfig
         * @description `scramjet.config` of `package.json`.
         */
        SequencePackageConfig: {
            [key: string]: unknown;
        };
        /** SequenceRepository */
        SequenceRepository: {
            type?: string;
            url: string;
            directory?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * SequenceUpload
         * @description A package as a form. Exactly one of `package` and `file` holds it.
         */
        SequenceUpload: {
            /**
             * Format: binary
             * @description The `tar.gz`.
             */
            package?: Binary;
            /**
             * Format: binary
             * @description The `tar.gz`, under its other name.
             */
            file?: Binary;
            /** @description The configuration of Instances that are started without one of their own. */
            appConfig?: components["schemas"]["AppConfig"];
        } & {
            [key: string]: unknown;
        };
        /** SpaceConfig */
        SpaceConfig: {
            config: components["schemas"]["SpaceConfigValues"];
        };
        /**
         * SpaceConfigValues
         * @description The public configuration of the Space.
         */
        SpaceConfigValues: {
            [key: string]: unknown;
        };
        /**
         * SpaceConnection
         * @description The connection to the Space; empty where the Hub was told of none.
         */
        SpaceConnection: {
            connected?: boolean;
            /** @description The Space's id. */
            cpmId?: string;
        };
        /**
         * SpaceEntities
         * @description Ids of all that a Space holds.
         */
        SpaceEntities: {
            hubs: string[];
            topics: string[];
            sequences: string[];
            instances: string[];
        };
        /**
         * SpaceHealth
         * @description How a Space is.
         */
        SpaceHealth: {
            /** @description Seconds since the Space was started. */
            uptime: number;
            /**
             * Format: int64
             * @description The time of the reply, in milliseconds since 1970 (UTC).
             */
            timestamp: number;
            modules: components["schemas"]["HealthModules"];
        } & {
            [key: string]: unknown;
        };
        /** SpaceId */
        SpaceId: string;
        /**
         * SpaceInstance
         * @description An Instance as its Hub reported it to the Space, and where it runs.
         *     Open, as Spaces pass on what Hubs report.
         */
        SpaceInstance: {
            /** Format: uuid */
            id: string;
            instanceName?: string;
            appConfig?: components["schemas"]["AppConfig"];
            args?: unknown[];
            provides?: string;
            requires?: string;
            /** @description The Sequence it was started from; older Hubs give its id alone. */
            sequence: string | components["schemas"]["SpaceInstanceSequence"];
            /** @description The id of the Sequence. */
            sequenceId?: string;
            hubId?: components["schemas"]["HubId"];
            /** @description The id of the Hub that runs it. */
            location?: string;
            /** Format: date-time */
            created?: string;
            /** Format: date-time */
            started?: string;
            /** Format: date-time */
            ended?: string;
            status?: components["schemas"]["InstanceStatus"];
        } & {
            [key: string]: unknown;
        };
        /**
         * SpaceInstanceSequence
         * @description The Sequence of an Instance. Open, as Spaces pass on what Hubs report.
         */
        SpaceInstanceSequence: {
            id: string;
            name?: string;
            config?: components["schemas"]["SpaceSequenceConfig"];
            /** @description The id of the Hub that keeps it. */
            location?: string;
            instances?: string[];
        } & {
            [key: string]: unknown;
        };
        /** SpaceInstances */
        SpaceInstances: components["schemas"]["SpaceInstance"][];
        /** SpaceRef */
        SpaceRef: {
            id: components["schemas"]["SpaceId"];
        } & {
            [key: string]: unknown;
        };
        /**
         * SpaceSequence
         * @description A Sequence of a Hub, or a package of the store, as a Space lists it.
         */
        SpaceSequence: {
            id: string;
            /** @description The alias given at upload to the Hub. */
            name?: string;
            config: components["schemas"]["SpaceSequenceConfig"];
            /** @description The id of the Hub that keeps it, or `store`. */
            location: string;
            /** @description Ids of its Instances. */
            instances: string[];
        } & {
            [key: string]: unknown;
        };
        /**
         * SpaceSequenceConfig
         * @description What is known of a package, as `SequenceConfig` at a Hub and `StoreItem` in the store.
         */
        SpaceSequenceConfig: {
            /** @description What runs its Instances; not of packages in the store. */
            type?: string;
            id?: string;
            name?: string;
            version?: string;
            engines?: components["schemas"]["SequenceEngines"];
            entrypointPath?: string;
            sequenceDir?: string;
            language?: string;
            description?: string;
            /**
             * Format: int64
             * @description Bytes.
             */
            packageSize?: number;
            /** @description The file name of a package in the store. */
            _filename?: string;
            /** @description The id of a package in the store. */
            _fileId?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * SpaceTopic
         * @description A topic of a Space and who takes part in it.
         */
        SpaceTopic: {
            name: components["schemas"]["TopicName"];
            /** @description The Space passes on what it was told; besides the four types of a Hub, `application/json` has been seen. */
            contentType: string;
            actors: components["schemas"]["TopicActor"][];
        };
        /**
         * StartBody
         * @description How to start an Instance; `null` is as good as left out.
         */
        StartBody: components["schemas"]["StartRequest"] | null;
        /** StartManagerRequest */
        StartManagerRequest: {
            manager?: components["schemas"]["ManagerSettings"];
        } & {
            [key: string]: unknown;
        };
        /** StartReply */
        StartReply: {
            /**
             * Format: uuid
             * @description The id of the new Instance.
             */
            id: string;
            message: string;
        };
        /**
         * StartRequest
         * @description How to start an Instance; all of it may be left out. Unknown fields are ignored.
         */
        StartRequest: {
            /** @description Becomes `context.config` of the Sequence. */
            appConfig?: components["schemas"]["AppConfig"];
            /** @description Arguments after `context` and `input`. */
            args?: unknown[];
            /** @description The topic that is to feed the input; empty is as good as left out. */
            inputTopic?: components["schemas"]["OptionalTopicName"];
            /** @description The topic that the output is to feed; empty is as good as left out. */
            outputTopic?: components["schemas"]["OptionalTopicName"];
            limits?: components["schemas"]["Limits"];
            /**
             * Format: uuid
             * @description The id that the Instance is to have.
             */
            instanceId?: string;
            /** @description A name to address it by, unique in the Hub. Since Hub 2.0; older ones ignore it. */
            instanceName?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * StartedSequence
         * @description The Sequence as an Instance shows it.
         */
        StartedSequence: {
            /** Format: uuid */
            id: string;
            name?: string;
            config: components["schemas"]["SequenceConfig"];
            /** @description The id of the Hub that keeps it. */
            location?: string;
        };
        /**
         * Status
         * @description Whether the Hub is connected to a Space.
         */
        Status: {
            cpm: components["schemas"]["SpaceConnection"];
        };
        /**
         * StopBody
         * @description How to stop an Instance, by itself or behind its message code; `null` is as good as left out.
         */
        StopBody: components["schemas"]["StopRequest"] | components["schemas"]["StopMessage"] | null;
        /**
         * StopMessage
         * @description The runner's message, code and content.
         */
        StopMessage: [
            4001,
            components["schemas"]["StopRequest"]
        ];
        /** StopRequest */
        StopRequest: {
            /**
             * @description Milliseconds after which the Instance is killed if it has not ended.
             * @default 7000
             */
            timeout?: number;
            /**
             * @description Whether the Instance may prolong the time-out.
             * @default false
             */
            canCallKeepalive?: boolean;
        } & {
            [key: string]: unknown;
        };
        /**
         * StoreItem
         * @description A package in the Space's store, with what is known of it from its `package.json`. Open, as `SequenceConfig` is.
         */
        StoreItem: {
            /**
             * Format: uuid
             * @description Created by the Space.
             */
            id: string;
            name?: string;
            version?: string;
            engines?: components["schemas"]["SequenceEngines"];
            entrypointPath?: string;
            description?: string;
            language?: string;
            /**
             * Format: int64
             * @description Bytes. Older Spaces count the head of the upload's request too.
             */
            packageSize?: number;
            /** @description Empty, as no Hub has unpacked it. */
            sequenceDir?: string;
            /** @description The name by which it is fetched and deleted. */
            _filename: string;
            /**
             * Format: uuid
             * @description The same as `id`.
             */
            _fileId?: string;
            /** @description A checksum of the stored file; in the reply to an upload only. */
            etag?: string;
            /** @description The version of the stored file; in the reply to an upload only. */
            versionId?: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * StoreItemName
         * @description A file name of the store.
         */
        StoreItemName: string;
        /**
         * StoreItemRef
         * @description A package of the store, by the name that the request gave.
         */
        StoreItemRef: {
            id: components["schemas"]["StoreItemName"];
        };
        /**
         * StreamRecord
         * @description One line of ndjson, any JSON value.
         */
        StreamRecord: unknown;
        /**
         * Terminated
         * @description How an Instance ended.
         */
        Terminated: {
            /**
             * Format: int32
             * @description 0 success, 20 bad environment, 21 bad path, 22 failed on start, 23 failed while running, 101 uncaught error,
             *     137 killed, 138 stopped. Other numbers are those of the program.
             */
            exitcode: number;
            reason: string;
        };
        /**
         * Topic
         * @description A named stream within a Hub.
         */
        Topic: {
            topic: components["schemas"]["TopicName"];
            topicName?: components["schemas"]["TopicName"];
            contentType: components["schemas"]["ListedTopicContentType"];
            /** @description The id of the Instance that feeds it; empty or left out if none does. */
            localProvider?: string;
        };
        /** TopicActor */
        TopicActor: {
            /** @enum {string} */
            role: "consumer" | "provider";
            /**
             * @description What takes part; `host` is a Hub, `api` a client of the Space.
             * @enum {string}
             */
            type: "host" | "api";
            /** @description Whether its stream is open. */
            stream: boolean;
            hostId?: components["schemas"]["HubId"];
            /** @description Whether its stream has ended; it is removed moments later. */
            retired: boolean;
        };
        /**
         * TopicContentType
         * @description What a topic can carry. The two ndjson types mean the same and still differ when they are compared.
         * @enum {string}
         */
        TopicContentType: "text/x-ndjson" | "application/x-ndjson" | "text/plain" | "application/octet-stream";
        /** TopicCreated */
        TopicCreated: {
            id: components["schemas"]["TopicName"];
            origin: components["schemas"]["TopicOrigin"];
            /**
             * @description `flowing` for a new topic.
             * @enum {string}
             */
            state: "flowing" | "pause" | "drain" | "error";
            contentType: components["schemas"]["TopicContentType"];
        };
        /**
         * TopicName
         * @description Letters, digits, `_`, `+` and `-`.
         */
        TopicName: string;
        /**
         * TopicOrigin
         * @description Where a topic was made.
         */
        TopicOrigin: {
            id: string;
            /** @enum {string} */
            type: "hub" | "space";
        };
        /** TopicRequest */
        TopicRequest: {
            id: components["schemas"]["TopicName"];
            "content-type": components["schemas"]["TopicContentType"];
        } & {
            [key: string]: unknown;
        };
        /**
         * Version
         * @description What answers, and which version of it.
         */
        Version: {
            /** @description The name of the program; `@scramjet/host` is STH, `@scramjet/manager` a Space. */
            service: string;
            /** @description The version of this API. */
            apiVersion: string;
            /** @description The version of the program. */
            version: string;
            /** @description The commit it was built from, or `source`. */
            build: string;
        };
    };
    responses: {
        /** @description The body is not a valid package. */
        BadPackage: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The request is invalid; the error names the field and the reason. */
        BadRequest: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The topic's name or a header is invalid, such as a content type that no topic has. */
        BadTopic: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The content type is missing, and the input has none yet. */
        ContentTypeMissing: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub is shutting down and accepts no new work. */
        Draining: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "retry-after": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description A topic feeds the Instance's input. */
        FedByTopic: {
            headers: {
                allow: components["headers"]["Allow"];
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The token does not permit this. The Platform also replies 403 to a missing or wrong token. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["RefusalReply"];
            };
        };
        /** @description The history cannot be read now; a damaged one is put aside, and a fresh one begun. */
        HistoryUnreadable: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub is not connected, or its connection was lost before it answered. */
        HubAway: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub is still connected. */
        HubConnected: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Space, or the Hub in it, does not exist. */
        HubNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Instance does not exist, or it has ended and is no longer kept. */
        InstanceNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description There is not enough room on the machine or in the store, or the server's data folder is gone. */
        InsufficientStorage: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The server failed. */
        InternalError: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Instance does not exist, or ended before such an event. */
        NoEvent: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description This Hub keeps no history. */
        NoHistory: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub is in no Space. */
        NoSpace: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description There is no room for another Instance, on the machine or within the Hub's limits; the error has the numbers. */
        Overloaded: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Sequence does not exist. */
        SequenceNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub is not connected to its Space, or the connection was lost before the Space answered. */
        SpaceAway: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Space does not exist. */
        SpaceNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Space has not started within 30 seconds. */
        SpaceStarting: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The backend that keeps the packages failed. */
        StoreFailed: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The package is stored. */
        StoreItemKept: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["StoreItem"];
            };
        };
        /** @description The Space, or the item in its store, does not exist. */
        StoreItemNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The stream or the Instance has ended and accepts no more data. */
        StreamEnded: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The body is larger than the server accepts. */
        TooLarge: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The Hub has its maximum number of topics. Existing topics can be read and written. */
        TooManyTopics: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The topic was deleted during the write; not all of the data reached its readers. */
        TopicDeleted: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The topic does not exist. */
        TopicNotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The token is missing, or not known to the Hub. */
        Unauthorized: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "www-authenticate": components["headers"]["WwwAuthenticate"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
        /** @description The content type is not supported, or not that of the stream. */
        UnsupportedMediaType: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ErrorReply"];
            };
        };
    };
    parameters: {
        /**
         * @description Whether the stream ends with this request.
         *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
         */
        EndInput: boolean;
        /**
         * @description Whether the reply's status is 200 instead of 202; nothing else depends on it.
         *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
         */
        EndSpaceTopic: boolean;
        /**
         * @description Whether all current readers are ended after this request.
         *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
         */
        EndTopic: boolean;
        /**
         * @description Only events of these Instances; repeatable.
         * @example [
         *       "bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26"
         *     ]
         */
        EventInstances: string[];
        /**
         * @description The name of the event.
         * @example progress
         */
        EventNameParameter: components["schemas"]["EventName"];
        /**
         * @description Only events until this time.
         * @example 2026-12-31T12:00:00+01:00
         */
        EventPeriodEnd: string;
        /**
         * @description Only events from this time on.
         * @example 2026-01-31T12:00:00Z
         */
        EventPeriodStart: string;
        /**
         * @description Only events of these types; repeatable.
         * @example [
         *       "created",
         *       "ended"
         *     ]
         */
        EventTypes: components["schemas"]["InstanceEventType"][];
        /** @description Whether to delete the Hub although it is connected. */
        Force: boolean;
        /**
         * @description The id of a Hub of the Space.
         * @example sth-0
         */
        HubIdParameter: components["schemas"]["HubId"];
        /**
         * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
         * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
         */
        InstanceIdOrName: string;
        /** @description Whether to kill the Sequence's Instances first. */
        KillInstances: boolean;
        /** @description How many to return at most. Out of range, the Space answers as if `offset` and `limit` were left out. */
        Limit: number;
        /** @description How many to leave out at the start. Out of range, the Space answers as if `offset` and `limit` were left out. */
        Offset: number;
        /**
         * @description How many to give at most; all that match if left out.
         * @example 50
         */
        PageLimit: number;
        /** @description How many of those that match to leave out at the start. */
        PageOffset: number;
        /** @description In which order of time; `desc` gives the newest first. */
        PageOrder: components["schemas"]["ListOrder"];
        /**
         * @description The end of a period; only Instances that were created before it ended.
         * @example 2026-12-31T12:00:00+01:00
         */
        PeriodEnd: string;
        /**
         * @description The start of a period; only Instances that had not ended before it.
         * @example 2026-01-31T12:00:00Z
         */
        PeriodStart: string;
        /** @description Whether to revoke all keys of the Space. */
        RevokeAllKeys: boolean;
        /**
         * @description The key to revoke, by its `created`, by its id (its first 16 characters) or as a whole.
         *     `si` sends at most 50 letters, digits, `_` and `-`.
         */
        RevokeKey: string;
        /**
         * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
         * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
         */
        SequenceIdOrName: string;
        /**
         * @description An alias for the Sequence, unique in the Hub.
         * @example hello
         */
        SequenceName: string;
        /**
         * @description The id of a Space.
         * @example org-11111111-2222-3333-4444-555555555555-manager
         */
        SpaceIdParameter: components["schemas"]["SpaceId"];
        /**
         * @description The file name of a package in the store, mostly one that ends in `.tar.gz`.
         * @example hello.tar.gz
         */
        StoreFilename: components["schemas"]["StoreItemName"];
        /**
         * @description The name of the topic.
         * @example messages-in
         */
        TopicParameter: components["schemas"]["TopicName"];
        /**
         * @description The type of the topic that the reader expects; if missing, the topic's own. A charset and other parameters are ignored.
         *     Some clients send `undefined`, which counts as missing.
         *     A content type in a GET request is unusual: OpenAPI tells tools to ignore this parameter, but most support it.
         */
        TopicReadType: components["schemas"]["TopicContentType"];
    };
    requestBodies: never;
    headers: {
        /**
         * @description Methods of the path. HTTP requires this header with 405; STH omits it.
         * @example POST
         */
        Allow: string;
        /**
         * @description The other pages, as RFC 8288 has it: `first`, `last`, `prev` and `next`, as far as there are any.
         *     The targets are relative to the URL of the request. Only in replies to requests with a `limit`.
         * @example <?limit=50&offset=0>; rel="first", <?limit=50&offset=100>; rel="last", <?limit=50&offset=50>; rel="next"
         */
        Link: string;
        /**
         * @description Id of the request in the server's log and audit stream. Not every server sends it.
         * @example 03196b24-8e84-4346-9fa2-00b2d35818d1
         */
        RequestId: string;
        /**
         * @description Seconds to wait before another try.
         * @example 10
         */
        RetryAfter: number;
        /**
         * @description How many items match on all pages together. Only in replies to requests with parameters of the list.
         * @example 120
         */
        TotalCount: number;
        /**
         * @description How to authenticate.
         * @example Bearer
         */
        WwwAuthenticate: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getVersion: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service name and version. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            403: components["responses"]["Forbidden"];
        };
    };
    openSpaceChannel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Messages of the Space, a JSON array a line. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["ChannelMessage"];
            };
        };
        responses: {
            /** @description Messages of the Hub, a JSON array a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["ChannelMessage"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description The Hub is in no Space, or the request did not come over its connection to the Space. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
    getStatus: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The state of the connection. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Status"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    getConfig: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubConfig"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Hub is well. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubHealth"];
                };
            };
            403: components["responses"]["Forbidden"];
            /** @description The Hub drains before it ends, or cannot do its work. */
            503: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubHealth"];
                };
            };
        };
    };
    getDescription: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The description. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiDescription"];
                };
            };
            403: components["responses"]["Forbidden"];
        };
    };
    getDescriptionYaml: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The description. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/yaml": string;
                };
            };
            403: components["responses"]["Forbidden"];
        };
    };
    getMetrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The metrics. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/openmetrics-text": string;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    getLoad: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The load. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Load"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    streamLog: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log records, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["LogRecord"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    streamAudit: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Audit records, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["AuditRecord"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listEntities: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Sequences, Instances and topics. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Entities"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listSequences: {
        parameters: {
            query?: {
                /**
                 * @description Only Sequences that were given this name at upload, or whose package is named so.
                 * @example hello
                 */
                name?: string;
                /**
                 * @description How many to give at most; all that match if left out.
                 * @example 50
                 */
                limit?: components["parameters"]["PageLimit"];
                /** @description How many of those that match to leave out at the start. */
                offset?: components["parameters"]["PageOffset"];
                /** @description In which order of time; `desc` gives the newest first. */
                order?: components["parameters"]["PageOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Sequences. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-total-count": components["headers"]["TotalCount"];
                    link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sequence"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    uploadSequence: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An alias for the Sequence, unique in the Hub.
                 * @example hello
                 */
                "x-name"?: components["parameters"]["SequenceName"];
            };
            path?: never;
            cookie?: never;
        };
        /** @description The package. */
        requestBody: {
            content: {
                "application/octet-stream": Binary;
                "multipart/form-data": components["schemas"]["SequenceUpload"];
            };
        };
        responses: {
            /** @description The Sequence is kept. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SequenceId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description Another Sequence has this name. */
            405: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    allow: components["headers"]["Allow"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["BadPackage"];
            503: components["responses"]["Draining"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getSequence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                id: components["parameters"]["SequenceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Sequence. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Sequence"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SequenceNotFound"];
        };
    };
    replaceSequence: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description An alias for the Sequence, unique in the Hub.
                 * @example hello
                 */
                "x-name"?: components["parameters"]["SequenceName"];
            };
            path: {
                /**
                 * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                id: components["parameters"]["SequenceIdOrName"];
            };
            cookie?: never;
        };
        /** @description The package. */
        requestBody: {
            content: {
                "application/octet-stream": Binary;
                "multipart/form-data": components["schemas"]["SequenceUpload"];
            };
        };
        responses: {
            /** @description The new package is kept, under the same id. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SequenceId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SequenceNotFound"];
            /** @description The Sequence has Instances that have not finished, or another one has the name. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["BadPackage"];
            503: components["responses"]["Draining"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    deleteSequence: {
        parameters: {
            query?: never;
            header?: {
                /** @description Whether to kill the Sequence's Instances first. */
                "x-seq-kill-inst"?: components["parameters"]["KillInstances"];
            };
            path: {
                /**
                 * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                id: components["parameters"]["SequenceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Sequence is gone. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SequenceId"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SequenceNotFound"];
            /** @description The Sequence has Instances that have not finished. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            500: components["responses"]["InternalError"];
        };
    };
    listSequenceInstances: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                id: components["parameters"]["SequenceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ids of Instances. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SequenceNotFound"];
        };
    };
    startSequence: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Sequence, the name it was given at upload, or the name of its package if no other package is named so.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                id: components["parameters"]["SequenceIdOrName"];
            };
            cookie?: never;
        };
        /** @description Options of the start; all are optional. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartBody"];
            };
        };
        responses: {
            /** @description The Instance exists and starts. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartReply"];
                };
            };
            /** @description The body is invalid, or the Sequence cannot be started. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SequenceNotFound"];
            /** @description Another Instance has this id or name. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
            /**
             * @description The `instanceId` is not a UUID, this Hub cannot run the Sequence's language,
             *     such as a Node Sequence where there is no node, or the stored package is damaged.
             */
            422: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            503: components["responses"]["Draining"];
            507: components["responses"]["Overloaded"];
        };
    };
    listInstances: {
        parameters: {
            query?: {
                /**
                 * @description Only Instances of this Sequence, by its id or its name.
                 * @example a54675bd-fed8-4b67-9c3e-47c3302083a7
                 */
                sequence?: string;
                /**
                 * @description Only Instances with this status, or one of several; repeatable.
                 * @example [
                 *       "running",
                 *       "stopping"
                 *     ]
                 */
                status?: components["schemas"]["InstanceStatus"][];
                /**
                 * @description The start of a period; only Instances that had not ended before it.
                 * @example 2026-01-31T12:00:00Z
                 */
                starting_time?: components["parameters"]["PeriodStart"];
                /**
                 * @description The end of a period; only Instances that were created before it ended.
                 * @example 2026-12-31T12:00:00+01:00
                 */
                ending_time?: components["parameters"]["PeriodEnd"];
                /**
                 * @description How many to give at most; all that match if left out.
                 * @example 50
                 */
                limit?: components["parameters"]["PageLimit"];
                /** @description How many of those that match to leave out at the start. */
                offset?: components["parameters"]["PageOffset"];
                /** @description In which order of time; `desc` gives the newest first. */
                order?: components["parameters"]["PageOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Instances. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "x-total-count": components["headers"]["TotalCount"];
                    link: components["headers"]["Link"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"][];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listInstanceEvents: {
        parameters: {
            query?: {
                /**
                 * @description Only events of these Instances; repeatable.
                 * @example [
                 *       "bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26"
                 *     ]
                 */
                instance_ids?: components["parameters"]["EventInstances"];
                /**
                 * @description Only events of these types; repeatable.
                 * @example [
                 *       "created",
                 *       "ended"
                 *     ]
                 */
                types?: components["parameters"]["EventTypes"];
                /**
                 * @description Only events from this time on.
                 * @example 2026-01-31T12:00:00Z
                 */
                starting_time?: components["parameters"]["EventPeriodStart"];
                /**
                 * @description Only events until this time.
                 * @example 2026-12-31T12:00:00+01:00
                 */
                ending_time?: components["parameters"]["EventPeriodEnd"];
                /** @description How many to give at most. */
                limit?: number;
                /** @description How many of those that match to leave out at the start. */
                offset?: components["parameters"]["PageOffset"];
                /** @description In which order of time; `desc` gives the newest first. */
                order?: components["parameters"]["PageOrder"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of events. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceEvents"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoHistory"];
            500: components["responses"]["HistoryUnreadable"];
        };
    };
    watchInstanceEvents: {
        parameters: {
            query?: {
                /**
                 * @description The `id` of the last event that the reader has; 0 for all that are kept.
                 *     Without it, the stream begins with what happens from now on.
                 * @example 0
                 */
                cursor?: string;
                /**
                 * @description Only events of these Instances; repeatable.
                 * @example [
                 *       "bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26"
                 *     ]
                 */
                instance_ids?: components["parameters"]["EventInstances"];
                /**
                 * @description Only events of these types; repeatable.
                 * @example [
                 *       "created",
                 *       "ended"
                 *     ]
                 */
                types?: components["parameters"]["EventTypes"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["InstanceEvent"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoHistory"];
            /** @description Events after the cursor are no longer kept. */
            410: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            500: components["responses"]["HistoryUnreadable"];
        };
    };
    getInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Instance. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    getInstanceHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it said last. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["InstanceHealth"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    writeStdin: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Whether the stream ends with this request.
                 *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
                 */
                "x-end-stream"?: components["parameters"]["EndInput"];
            };
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description Bytes. A missing content type is taken for `application/octet-stream`. */
        requestBody: {
            content: {
                "application/octet-stream": Binary;
            };
        };
        responses: {
            /** @description All of it was taken, and stdin has ended. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description All of it was taken, and stdin stays open. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            409: components["responses"]["StreamEnded"];
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
    readStdout: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as they come. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    readStderr: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The bytes, as they come. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    writeInput: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Whether the stream ends with this request.
                 *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
                 */
                "x-end-stream"?: components["parameters"]["EndInput"];
            };
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description Data for the Sequence. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["StreamRecord"];
                "text/x-ndjson": components["schemas"]["StreamRecord"];
                "text/plain": string;
                "application/octet-stream": Binary;
            };
        };
        responses: {
            /** @description All of it was taken, and the input has ended. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description All of it was taken, and the input stays open. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            405: components["responses"]["FedByTopic"];
            406: components["responses"]["ContentTypeMissing"];
            409: components["responses"]["StreamEnded"];
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
    readOutput: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The output, as it comes. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    exchangeInout: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Whether the stream ends with this request.
                 *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
                 */
                "x-end-stream"?: components["parameters"]["EndInput"];
            };
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description Data for the Sequence. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["StreamRecord"];
                "text/x-ndjson": components["schemas"]["StreamRecord"];
                "text/plain": string;
                "application/octet-stream": Binary;
            };
        };
        responses: {
            /** @description The output, as it comes. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            405: components["responses"]["FedByTopic"];
            406: components["responses"]["ContentTypeMissing"];
            409: components["responses"]["StreamEnded"];
            415: components["responses"]["UnsupportedMediaType"];
        };
    };
    readInstanceLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Log records, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["LogRecord"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    sendEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description The event. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EventBody"];
            };
        };
        responses: {
            /** @description The event was passed on. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventAccepted"];
                };
            };
            /** @description The event was passed on; so says STH 0.18.7. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description The body is not as described, or the Instance has ended. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            413: components["responses"]["TooLarge"];
        };
    };
    streamEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Events, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    streamNamedEvents: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
                /**
                 * @description The name of the event.
                 * @example progress
                 */
                name: components["parameters"]["EventNameParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Messages, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["EventValue"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
        };
    };
    getLastEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
                /**
                 * @description The name of the event.
                 * @example progress
                 */
                name: components["parameters"]["EventNameParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its message. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventValue"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoEvent"];
        };
    };
    getNextEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The event. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoEvent"];
        };
    };
    getNextNamedEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
                /**
                 * @description The name of the event.
                 * @example progress
                 */
                name: components["parameters"]["EventNameParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its message. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EventValue"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NoEvent"];
        };
    };
    stopInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description How to stop it; all of it may be left out. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StopBody"];
            };
        };
        responses: {
            /** @description The Instance stops. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The body is not as described, or the Instance has ended. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            413: components["responses"]["TooLarge"];
        };
    };
    killInstance: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description How to kill it; all of it may be left out. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["KillBody"];
            };
        };
        responses: {
            /** @description The Instance is killed. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Instance"];
                };
            };
            /** @description The body is not as described, or the Instance has ended. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            413: components["responses"]["TooLarge"];
        };
    };
    setMonitoringRate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of an Instance or, since Hub 2.0, the name it was given at start.
                 * @example bde7e8a1-0aa6-41ae-b922-f29eaf7dbe26
                 */
                id: components["parameters"]["InstanceIdOrName"];
            };
            cookie?: never;
        };
        /** @description The rate. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["MonitoringRateBody"];
            };
        };
        responses: {
            /** @description The new rate holds. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Accepted"];
                };
            };
            /** @description The body is not as described, or the Instance has ended. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            413: components["responses"]["TooLarge"];
        };
    };
    execCommand: {
        parameters: {
            query?: {
                /**
                 * @description The Instance's id or name; without it, the first message has it.
                 * @example 0a5ab010-cb00-4a06-b6b8-3a801029e1e2
                 */
                id?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The connection is a WebSocket from here on. */
            101: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["InstanceNotFound"];
            /** @description The request does not ask for a WebSocket of version 13. */
            426: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    listTopics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topics. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Topic"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    createTopic: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The name and the type. Further fields are ignored. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TopicRequest"];
            };
        };
        responses: {
            /** @description The topic is there. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TopicCreated"];
                };
            };
            /** @description The body is not as described, or there is such a topic. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            507: components["responses"]["TooManyTopics"];
        };
    };
    deleteTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The name of the topic.
                 * @example messages-in
                 */
                topic: components["parameters"]["TopicParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topic is gone. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
            400: components["responses"]["BadTopic"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["TopicNotFound"];
        };
    };
    readTopic: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The type of the topic that the reader expects; if missing, the topic's own. A charset and other parameters are ignored.
                 *     Some clients send `undefined`, which counts as missing.
                 *     A content type in a GET request is unusual: OpenAPI tells tools to ignore this parameter, but most support it.
                 */
                "content-type"?: components["parameters"]["TopicReadType"];
            };
            path: {
                /**
                 * @description The name of the topic.
                 * @example messages-in
                 */
                topic: components["parameters"]["TopicParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the topic carries, in its own type. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["StreamRecord"];
                    "text/x-ndjson": components["schemas"]["StreamRecord"];
                    "text/plain": string;
                    "application/octet-stream": Binary;
                };
            };
            400: components["responses"]["BadTopic"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            415: components["responses"]["UnsupportedMediaType"];
            507: components["responses"]["TooManyTopics"];
        };
    };
    writeTopic: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Whether all current readers are ended after this request.
                 *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
                 */
                "x-end-stream"?: components["parameters"]["EndTopic"];
            };
            path: {
                /**
                 * @description The name of the topic.
                 * @example messages-in
                 */
                topic: components["parameters"]["TopicParameter"];
            };
            cookie?: never;
        };
        /** @description Data of the topic's type. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["StreamRecord"];
                "text/x-ndjson": components["schemas"]["StreamRecord"];
                "text/plain": string;
                "application/octet-stream": Binary;
            };
        };
        responses: {
            /** @description All of it was taken, and the readers were ended. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            /** @description All of it was taken. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            400: components["responses"]["BadTopic"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            409: components["responses"]["TopicDeleted"];
            415: components["responses"]["UnsupportedMediaType"];
            507: components["responses"]["TooManyTopics"];
        };
    };
    getSpaceVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The service name and version. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Version"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    getSpaceConfig: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The configuration. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceConfig"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    getSpaceHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Space answers; `modules` tells which of its parts work. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceHealth"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    getSpaceLoad: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The load. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Load"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    streamSpaceLoad: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Loads, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["Load"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listHubs: {
        parameters: {
            query?: {
                /** @description How many to leave out at the start. Out of range, the Space answers as if `offset` and `limit` were left out. */
                offset?: components["parameters"]["Offset"];
                /** @description How many to return at most. Out of range, the Space answers as if `offset` and `limit` were left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Hubs. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubInfo"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    registerHub: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        /** @description The Hub. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["HubRegistration"];
            };
        };
        responses: {
            /** @description The Hub may join. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubRef"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            /** @description There is a Hub with this id. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
        };
    };
    deleteHub: {
        parameters: {
            query?: never;
            header?: {
                /** @description Whether to delete the Hub although it is connected. */
                "x-force"?: components["parameters"]["Force"];
            };
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The id of a Hub of the Space.
                 * @example sth-0
                 */
                hub_id: components["parameters"]["HubIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Hub is no longer listed. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedHub"];
                };
            };
            /** @description The Hub did not join with an access key, or a header is not as described. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["HubNotFound"];
            409: components["responses"]["HubConnected"];
        };
    };
    getHubInfo: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The id of a Hub of the Space.
                 * @example sth-0
                 */
                hub_id: components["parameters"]["HubIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Hub. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HubInfo"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["HubNotFound"];
        };
    };
    listSpaceSequences: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ids of Sequences. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": string[];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listAllSpaceSequences: {
        parameters: {
            query?: {
                /** @description How many to leave out at the start. Out of range, the Space answers as if `offset` and `limit` were left out. */
                offset?: components["parameters"]["Offset"];
                /** @description How many to return at most. Out of range, the Space answers as if `offset` and `limit` were left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Sequences. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceSequence"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listSpaceInstances: {
        parameters: {
            query?: {
                /** @description How many to leave out at the start. Out of range, the Space answers as if `offset` and `limit` were left out. */
                offset?: components["parameters"]["Offset"];
                /** @description How many to return at most. Out of range, the Space answers as if `offset` and `limit` were left out. */
                limit?: components["parameters"]["Limit"];
            };
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Instances, or ids of Instances. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ListedSpaceInstances"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listSpaceEntities: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Ids and names. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceEntities"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listSpaceTopics: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The topics. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceTopic"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    readSpaceTopic: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The name of the topic.
                 * @example messages-in
                 */
                topic: components["parameters"]["TopicParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the topic carries, as bytes. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            400: components["responses"]["BadTopic"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            507: components["responses"]["TooManyTopics"];
        };
    };
    writeSpaceTopic: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Whether the reply's status is 200 instead of 202; nothing else depends on it.
                 *     Some clients send `True`, `False` or `undefined`; `undefined` counts as missing.
                 */
                "x-end-stream"?: components["parameters"]["EndSpaceTopic"];
            };
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The name of the topic.
                 * @example messages-in
                 */
                topic: components["parameters"]["TopicParameter"];
            };
            cookie?: never;
        };
        /** @description The data. */
        requestBody: {
            content: {
                "application/x-ndjson": components["schemas"]["StreamRecord"];
                "text/x-ndjson": components["schemas"]["StreamRecord"];
                "text/plain": string;
                "application/octet-stream": Binary;
                "application/json": components["schemas"]["StreamRecord"];
                "*/*": Binary;
            };
        };
        responses: {
            /** @description All of it was passed on; the request had `x-end-stream`. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description All of it was passed on. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["BadTopic"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            507: components["responses"]["TooManyTopics"];
        };
    };
    streamSpaceLog: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Lines of logs. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    streamSpaceAudit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Audit records, one a line. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": components["schemas"]["AuditRecord"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    disconnectHubs: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        /** @description Which Hubs. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["DisconnectRequest"];
            };
        };
        responses: {
            /** @description The Hubs that are being disconnected, and why; none if no Hub is beyond the limit. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisconnectReply"];
                };
            };
            /** @description The body names no Hub, is not as described, or names a Hub that did not join with an access key. */
            400: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such Space, no such Hub in it, or no Hub that joined with this key. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            /** @description The Hub is not connected. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
        };
    };
    listStoreItems: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The packages. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreItem"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    addStoreItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        /** @description The package. */
        requestBody: {
            content: {
                "application/octet-stream": Binary;
            };
        };
        responses: {
            202: components["responses"]["StoreItemKept"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["BadPackage"];
            424: components["responses"]["StoreFailed"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    getStoreItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The file name of a package in the store, mostly one that ends in `.tar.gz`.
                 * @example hello.tar.gz
                 */
                filename: components["parameters"]["StoreFilename"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The package. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": Binary;
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreItemNotFound"];
        };
    };
    putStoreItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The file name of a package in the store, mostly one that ends in `.tar.gz`.
                 * @example hello.tar.gz
                 */
                filename: components["parameters"]["StoreFilename"];
            };
            cookie?: never;
        };
        /** @description The package. */
        requestBody: {
            content: {
                "application/octet-stream": Binary;
            };
        };
        responses: {
            202: components["responses"]["StoreItemKept"];
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["BadPackage"];
            424: components["responses"]["StoreFailed"];
            507: components["responses"]["InsufficientStorage"];
        };
    };
    deleteStoreItem: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
                /**
                 * @description The file name of a package in the store, mostly one that ends in `.tar.gz`.
                 * @example hello.tar.gz
                 */
                filename: components["parameters"]["StoreFilename"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The package is deleted. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StoreItemRef"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["StoreItemNotFound"];
        };
    };
    clearStore: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The store is empty. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Empty"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    listSpaces: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Spaces. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceRef"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listAccessKeys: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What is known of the keys. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccessKeys"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
    createAccessKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        /** @description What it is for; may be left out. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["AccessKeyRequest"];
            };
        };
        responses: {
            /** @description The new key. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedAccessKey"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
            /** @description The Space has as many keys as it may have; by default 5. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
        };
    };
    revokeAccessKeys: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The key to revoke, by its `created`, by its id (its first 16 characters) or as a whole.
                 *     `si` sends at most 50 letters, digits, `_` and `-`.
                 */
                "x-revoke"?: components["parameters"]["RevokeKey"];
                /** @description Whether to revoke all keys of the Space. */
                "x-revoke-all"?: components["parameters"]["RevokeAllKeys"];
            };
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description How many keys were revoked. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedKeys"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is no such Space, or no such key of it. Revoking all keys of a Space that has none succeeds. */
            404: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    getMultiManagerInfo: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address and the number. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MultiManagerInfo"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    listManagers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Spaces. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceRef"][];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
        };
    };
    startManager: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The Space; the server's defaults apply to what is left out. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["StartManagerRequest"];
            };
        };
        responses: {
            /** @description The Space starts. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceRef"];
                };
            };
            400: components["responses"]["BadRequest"];
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            /** @description There is a Space with this id. */
            409: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
            413: components["responses"]["TooLarge"];
            /** @description The machine, or a limit of the server, has no room for another Space. */
            419: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ErrorReply"];
                };
            };
        };
    };
    stopManager: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The id of a Space.
                 * @example org-11111111-2222-3333-4444-555555555555-manager
                 */
                space_id: components["parameters"]["SpaceIdParameter"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The Space is stopped. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SpaceRef"];
                };
            };
            401: components["responses"]["Unauthorized"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["SpaceNotFound"];
        };
    };
}
