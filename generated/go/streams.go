// Copied from client/go/streams.go by `make clients`; edit that file.

package scramjet

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/http"
)

// Lines reads a stream line by line, as it comes, without the line feeds at their ends.
// Leaving the loop closes the stream. A stream that breaks yields its error as the last pair.
//
// The reply is that of a method of [Client], such as [Client.ReadOutput]; it and err are passed as they are returned,
// and a refused request yields an [APIError].
func Lines(reply *http.Response, err error) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		body, err := Open(reply, err)
		if err != nil {
			yield("", err)
			return
		}
		defer func() { _ = body.Close() }()
		reader := bufio.NewReader(body)
		for {
			line, err := reader.ReadBytes('\n')
			if len(line) > 0 && (err == nil || errors.Is(err, io.EOF)) {
				if !yield(string(bytes.TrimSuffix(line, []byte("\n"))), nil) {
					return
				}
			}
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield("", err)
				return
			}
		}
	}
}

// Records reads a stream of JSON values, one a line, as it comes: see [Lines]. Empty lines are left out.
//
//	for record, err := range scramjet.Records[scramjet.LogRecord](client.StreamLog(ctx)) { ... }
func Records[T any](reply *http.Response, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for line, err := range Lines(reply, err) {
			var record T
			if err == nil && len(bytes.TrimSpace([]byte(line))) == 0 {
				continue
			}
			if err == nil {
				err = json.Unmarshal([]byte(line), &record)
			}
			if !yield(record, err) || err != nil {
				return
			}
		}
	}
}

// Open returns the body of a reply, to be read as it comes and closed by the caller.
// A status from 400 on is an [APIError].
func Open(reply *http.Response, err error) (io.ReadCloser, error) {
	if err != nil {
		return nil, err
	}
	if reply.StatusCode < http.StatusBadRequest {
		return reply.Body, nil
	}
	defer func() { _ = reply.Body.Close() }()
	body, err := io.ReadAll(reply.Body)
	if err != nil {
		return nil, fmt.Errorf("the body of a reply with status %d: %w", reply.StatusCode, err)
	}
	return nil, NewAPIError(reply, body)
}

// Live makes a body that is sent part by part, as the parts come: an error among them breaks the request off.
// Closing the body, as the client does when the server takes no more, ends the parts.
func Live(parts iter.Seq2[[]byte, error]) io.ReadCloser {
	reader, writer := io.Pipe()
	go func() {
		for part, err := range parts {
			if err == nil {
				_, err = writer.Write(part)
			}
			if err != nil {
				writer.CloseWithError(err)
				return
			}
		}
		_ = writer.Close()
	}()
	return reader
}

// Inout writes to an Instance's input and returns its output, both as they come.
// It returns as soon as the server replies, while the body is still being sent; the caller closes the output.
func (c *Client) Inout(ctx context.Context, id, contentType string, body io.Reader) (io.ReadCloser, error) {
	return Open(c.ExchangeInoutWithBody(ctx, id, nil, contentType, body))
}
