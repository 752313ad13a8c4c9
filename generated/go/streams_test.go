// Copied from client/go/streams_test.go by `make clients`; edit that file.

package scramjet

import (
	"errors"
	"io"
	"iter"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

func reply(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Body: io.NopCloser(strings.NewReader(body))}
}

func collect[T any](t *testing.T, items iter.Seq2[T, error]) []T {
	t.Helper()
	var found []T
	for item, err := range items {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, item)
	}
	return found
}

func TestLinesAreCutAtLineFeedsAlone(t *testing.T) {
	got := collect(t, Lines(reply(200, "a\u2028b\r\n\nlast"), nil))
	if want := []string{"a\u2028b\r", "", "last"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestRecordsAreTyped(t *testing.T) {
	got := collect(t, Records[LogRecord](reply(200, "{\"level\":\"INFO\",\"msg\":\"m\",\"ts\":1661330645068}\n\n"), nil))
	if len(got) != 1 || got[0].Ts != 1661330645068 || got[0].Msg != "m" {
		t.Errorf("got %+v", got)
	}
}

func TestALineThatIsNoJSONEndsTheLoopWithAnError(t *testing.T) {
	count := 0
	for _, err := range Records[int](reply(200, "x\n1\n"), nil) {
		count++
		if err == nil {
			t.Error("no error")
		}
	}
	if count != 1 {
		t.Errorf("%d pairs", count)
	}
}

type broken struct{ io.Reader }

func (broken) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }
func (broken) Close() error             { return nil }

func TestAStreamThatBreaksIsAnErrorAndNotAnEnd(t *testing.T) {
	for _, err := range Lines(&http.Response{StatusCode: 200, Body: broken{}}, nil) {
		if !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("got %v", err)
		}
	}
}

func TestARefusedStreamIsAnErrorOfItsStatus(t *testing.T) {
	for _, err := range Lines(reply(404, `{"error": {"message": "why"}}`), nil) {
		var failed *APIError
		if !errors.Is(err, ErrNotFound) || !errors.As(err, &failed) || failed.Reason != "why" {
			t.Errorf("got %v", err)
		}
	}
}

func TestReasonsOfAllServersAreTold(t *testing.T) {
	for body, want := range map[string]string{
		`{"error": "text"}`:          "text",
		`{"error": {"code": "X"}}`:   `{"code": "X"}`,
		`{"message": "Forbidden"}`:   "Forbidden",
		"bad gateway":                "bad gateway",
		`{"error": {"message":"m"}}`: "m",
	} {
		if got := reason([]byte(body)); got != want {
			t.Errorf("%s: got %q, want %q", body, got, want)
		}
	}
	if !errors.Is(&APIError{Status: 507}, ErrServer) {
		t.Error("507 is no server error")
	}
}

func TestALiveBodyIsSentAsItComesAndAnErrorBreaksItOff(t *testing.T) {
	failure := errors.New("no more")
	body := Live(func(yield func([]byte, error) bool) {
		_ = yield([]byte("one"), nil) && yield(nil, failure)
	})
	read, err := io.ReadAll(body)
	if string(read) != "one" || !errors.Is(err, failure) {
		t.Errorf("got %q, %v", read, err)
	}
}

func TestClosingALiveBodyEndsItsParts(t *testing.T) {
	ended := make(chan struct{})
	body := Live(func(yield func([]byte, error) bool) {
		defer close(ended)
		for yield([]byte("more"), nil) {
			continue
		}
	})
	if err := body.Close(); err != nil {
		t.Fatal(err)
	}
	<-ended
}

func TestCheckTellsADecodedFailure(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("content-type", "application/json")
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"message": "Forbidden"}`)
	}))
	defer server.Close()
	client, err := NewClientWithResponses(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Check(client.GetVersionWithResponse(t.Context()))
	if !errors.Is(err, ErrForbidden) {
		t.Errorf("got %v", err)
	}
}
