// Copied from client/go/errors.go by `make clients`; edit that file.

package scramjet

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
)

// Errors by status: errors.Is(err, scramjet.ErrNotFound).
var (
	ErrBadRequest           = errors.New("bad request")
	ErrUnauthorized         = errors.New("unauthorized")
	ErrForbidden            = errors.New("forbidden")
	ErrNotFound             = errors.New("not found")
	ErrMethodNotAllowed     = errors.New("method not allowed")
	ErrNotAcceptable        = errors.New("not acceptable")
	ErrConflict             = errors.New("conflict")
	ErrTooLarge             = errors.New("too large")
	ErrUnsupportedMediaType = errors.New("unsupported media type")
	ErrUnprocessable        = errors.New("unprocessable")
	ErrServer               = errors.New("server error")
)

var kinds = map[int]error{
	http.StatusBadRequest:            ErrBadRequest,
	http.StatusUnauthorized:          ErrUnauthorized,
	http.StatusForbidden:             ErrForbidden,
	http.StatusNotFound:              ErrNotFound,
	http.StatusMethodNotAllowed:      ErrMethodNotAllowed,
	http.StatusNotAcceptable:         ErrNotAcceptable,
	http.StatusConflict:              ErrConflict,
	http.StatusRequestEntityTooLarge: ErrTooLarge,
	http.StatusUnsupportedMediaType:  ErrUnsupportedMediaType,
	http.StatusUnprocessableEntity:   ErrUnprocessable,
}

// APIError is a reply with a status from 400 on. [errors.Is] finds the error of its status in it.
type APIError struct {
	Status int    // The status.
	Reason string // What the server said, in words; empty if nothing.
	Body   []byte // The whole body.
	URL    string // What was asked for.
}

// NewAPIError makes the error of a reply whose body has been read.
func NewAPIError(reply *http.Response, body []byte) *APIError {
	made := &APIError{Status: reply.StatusCode, Reason: reason(body), Body: body}
	if reply.Request != nil {
		made.URL = reply.Request.URL.String()
	}
	return made
}

// Error tells status, address and reason.
func (e *APIError) Error() string {
	told := e.Reason
	if told == "" {
		told = "no reason given"
	}
	return fmt.Sprintf("%d from %s: %s", e.Status, e.URL, told)
}

// Unwrap returns the error of the status, if it has one.
func (e *APIError) Unwrap() error {
	if e.Status >= http.StatusInternalServerError {
		return ErrServer
	}
	return kinds[e.Status]
}

// Decoded is what the methods with the suffix WithResponse return.
type Decoded interface {
	GetBody() []byte
	StatusCode() int
}

// Check returns an [APIError] for a decoded reply with a status from 400 on, and err if that is not nil.
//
//	version, err := scramjet.Check(client.GetVersionWithResponse(ctx))
func Check[T Decoded](reply T, err error) (T, error) {
	if err != nil || reply.StatusCode() < http.StatusBadRequest {
		return reply, err
	}
	body := reply.GetBody()
	return reply, &APIError{Status: reply.StatusCode(), Reason: reason(body), Body: body}
}

func reason(body []byte) string {
	var told struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	if json.Unmarshal(body, &told) != nil {
		return string(body)
	}
	var text string
	if json.Unmarshal(told.Error, &text) == nil {
		return text
	}
	var detail ErrorDetail
	if json.Unmarshal(told.Error, &detail) == nil && detail.Message != nil {
		return *detail.Message
	}
	if len(told.Error) > 0 {
		return string(told.Error)
	}
	return told.Message
}
