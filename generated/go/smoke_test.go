// Copied from client/go/smoke_test.go by `make clients`; edit that file.

//go:build smoke

package scramjet

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"mime/multipart"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

const octets = "application/octet-stream"

// smoke takes a client through every step of client/smoke/steps.json with a running Hub.
type smoke struct {
	*ClientWithResponses
	raw      *Client
	t        *testing.T
	ctx      context.Context
	sequence string
	counting string
}

var steps = map[string]func(*smoke){
	"version":     (*smoke).version,
	"upload":      (*smoke).upload,
	"upload-form": (*smoke).uploadForm,
	"start":       (*smoke).startWithArguments,
	"output":      (*smoke).output,
	"input":       (*smoke).input,
	"event":       (*smoke).event,
	"union":       (*smoke).union,
	"not-found":   (*smoke).notFound,
	"log":         (*smoke).log,
	"inout":       (*smoke).inout,
	"topic":       (*smoke).topic,
	"load":        (*smoke).load,
	"stop":        (*smoke).stop,
	"kill":        (*smoke).kill,
	"delete":      (*smoke).delete,
}

func TestSmoke(t *testing.T) {
	var wanted []struct{ Name string }
	must(t, json.Unmarshal(file(t, "SMOKE_STEPS"), &wanted))
	known := slices.Sorted(maps.Keys(steps))
	var names []string
	for _, step := range wanted {
		names = append(names, step.Name)
	}
	if sorted := slices.Sorted(slices.Values(names)); !slices.Equal(sorted, known) {
		t.Fatalf("the steps are %v, the smoke has %v", sorted, known)
	}
	client := try(NewClientWithResponses(variable(t, "SMOKE_HUB")))(t)
	raw := try(NewClient(variable(t, "SMOKE_HUB")))(t)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	s := &smoke{ClientWithResponses: client, raw: raw, ctx: ctx}
	for _, name := range names {
		passed := t.Run(name, func(t *testing.T) {
			began := time.Now()
			s.t = t
			steps[name](s)
			record(t, name, time.Since(began))
		})
		if !passed {
			return
		}
	}
}

func (s *smoke) version() {
	version := try(Check(s.GetVersionWithResponse(s.ctx)))(s.t).JSON200
	equal(s.t, version.ApiVersion, "v1")
}

func (s *smoke) upload() {
	name := "smoke"
	params := &UploadSequenceParams{XName: &name}
	body := bytes.NewReader(file(s.t, "SMOKE_PACKAGE"))
	made := try(Check(s.UploadSequenceWithBodyWithResponse(s.ctx, params, octets, body)))(s.t).JSON200
	s.sequence = made.Id.String()
	shown := try(Check(s.GetSequenceWithResponse(s.ctx, s.sequence)))(s.t).JSON200
	equal(s.t, *shown.Name, name)
}

func (s *smoke) uploadForm() {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	must(s.t, form.WriteField("appConfig", `{"colour": "green"}`))
	part := try(form.CreateFormFile("package", "package.tar.gz"))(s.t)
	_ = try(part.Write(file(s.t, "SMOKE_PACKAGE")))(s.t)
	must(s.t, form.Close())
	reply := try(Check(s.UploadSequenceWithBodyWithResponse(s.ctx, nil, form.FormDataContentType(), &body)))(s.t)
	sequence := reply.JSON200.Id.String()
	id := s.start(sequence, "echo")
	instance := try(Check(s.GetInstanceWithResponse(s.ctx, id)))(s.t).JSON200
	equal(s.t, map[string]any(*instance.AppConfig), map[string]any{"colour": "green"})
	s.remove(sequence)
}

func (s *smoke) startWithArguments() {
	s.counting = s.start(s.sequence, "count", "line")
	instance := try(Check(s.GetInstanceWithResponse(s.ctx, s.counting)))(s.t).JSON200
	equal(s.t, *instance.Args, []any{"count", "line"})
}

func (s *smoke) output() {
	var seen []string
	for line, err := range Lines(s.raw.ReadOutput(s.ctx, s.counting)) {
		must(s.t, err)
		seen = append(seen, line)
		if len(seen) == 3 {
			break
		}
	}
	equal(s.t, seen, []string{"line 1", "line 2", "line 3"})
}

func (s *smoke) input() {
	id := s.start(s.sequence, "echo", "got")
	next, stop := iter.Pull2(Lines(s.raw.ReadOutput(s.ctx, id)))
	defer stop()
	var seen []string
	// Each line is written once the one before has come back: only a live body can do that.
	body := Live(func(yield func([]byte, error) bool) {
		for _, word := range []string{"one", "two", "three"} {
			if !yield([]byte(word+"\n"), nil) {
				return
			}
			line, err, _ := next()
			if err != nil {
				_ = yield(nil, err)
				return
			}
			seen = append(seen, line)
		}
	})
	_ = try(Check(s.WriteInputWithBodyWithResponse(s.ctx, id, nil, "text/plain", body)))(s.t)
	equal(s.t, seen, []string{"got one", "got two", "got three"})
	_, _, more := next()
	equal(s.t, more, false)
}

func (s *smoke) event() {
	events, err := s.raw.StreamNamedEvents(s.ctx, s.counting, "pong")
	next, stop := iter.Pull2(Records[map[string]int](events, err))
	defer stop()
	request := EventRequest{EventName: "ping", Message: map[string]int{"n": 1}}
	var body EventBody
	must(s.t, body.FromEventRequest(request))
	accepted := try(Check(s.SendEventWithResponse(s.ctx, s.counting, body)))(s.t).JSON200
	equal(s.t, string(accepted.Accepted), "OK")
	event, err, _ := next()
	must(s.t, err)
	equal(s.t, event, map[string]int{"n": 1})
	// As older Hubs want it: behind its message code.
	must(s.t, body.FromEventMessage(EventMessage{5001, request}))
	_ = try(Check(s.SendEventWithResponse(s.ctx, s.counting, body)))(s.t)
}

func (s *smoke) union() {
	instance := try(Check(s.GetInstanceWithResponse(s.ctx, s.counting)))(s.t).JSON200
	of := try(instance.Sequence.AsStartedSequence())(s.t)
	equal(s.t, of.Id.String(), s.sequence)
}

func (s *smoke) notFound() {
	_, err := Check(s.GetInstanceWithResponse(s.ctx, "no-such-instance"))
	var failed *APIError
	if !errors.Is(err, ErrNotFound) || !errors.As(err, &failed) || !strings.Contains(failed.Reason, "no-such-instance") {
		s.t.Fatalf("got %v", err)
	}
}

func (s *smoke) log() {
	for record, err := range Records[LogRecord](s.raw.ReadInstanceLog(s.ctx, s.counting)) {
		must(s.t, err)
		if age := time.Since(time.UnixMilli(record.Ts)); age.Abs() > 24*time.Hour {
			s.t.Errorf("ts %d is not of today", record.Ts)
		}
		return
	}
	s.t.Fatal("the log has no record")
}

func (s *smoke) inout() {
	id := s.start(s.sequence, "echo", "both")
	heard := make(chan struct{})
	// The second line is written once the first has come back.
	body := Live(func(yield func([]byte, error) bool) {
		if yield([]byte("first\n"), nil) {
			<-heard
			_ = yield([]byte("second\n"), nil)
		}
	})
	output := try(s.raw.Inout(s.ctx, id, "text/plain", body))(s.t)
	first := make([]byte, len("both first\n"))
	_ = try(io.ReadFull(output, first))(s.t)
	close(heard)
	rest := try(io.ReadAll(output))(s.t)
	equal(s.t, string(first)+string(rest), "both first\nboth second\n")
}

func (s *smoke) topic() {
	kind := TopicContentTypeApplicationxNdjson
	reply, err := s.raw.ReadTopic(s.ctx, "smoke", &ReadTopicParams{ContentType: &kind})
	next, stop := iter.Pull2(Records[map[string]int](reply, err))
	defer stop()
	for number := 1; number <= 3; number++ {
		last := number == 3
		body := strings.NewReader(fmt.Sprintf("{\"n\": %d}\n", number))
		params := &WriteTopicParams{XEndStream: &last}
		_ = try(Check(s.WriteTopicWithBodyWithResponse(s.ctx, "smoke", params, string(kind), body)))(s.t)
		record, err, _ := next()
		must(s.t, err)
		equal(s.t, record, map[string]int{"n": number})
	}
	_, _, more := next()
	equal(s.t, more, false)
	_ = try(Check(s.DeleteTopicWithResponse(s.ctx, "smoke")))(s.t)
}

func (s *smoke) load() {
	load := try(Check(s.GetLoadWithResponse(s.ctx)))(s.t).JSON200
	if len(load.FsSize) == 0 {
		s.t.Fatal("no file system")
	}
	for _, disk := range load.FsSize {
		if disk.Size < 0 || disk.Used < 0 || disk.Available < 0 {
			s.t.Errorf("%+v", disk)
		}
	}
}

func (s *smoke) stop() {
	id := s.start(s.sequence, "count")
	timeout := 5000
	var body StopBody
	must(s.t, body.FromStopRequest(StopRequest{Timeout: &timeout}))
	stopped := try(Check(s.StopInstanceWithResponse(s.ctx, id, body)))(s.t).JSON202
	equal(s.t, stopped.Id.String(), id)
	_ = s.ended(id)
}

func (s *smoke) kill() {
	var body KillBody
	must(s.t, body.FromKillRequest(KillRequest{}))
	killed := try(Check(s.KillInstanceWithResponse(s.ctx, s.counting, body)))(s.t).JSON202
	equal(s.t, killed.Id.String(), s.counting)
	equal(s.t, s.ended(s.counting).Terminated.Exitcode, int32(137))
}

func (s *smoke) delete() {
	_ = s.start(s.sequence, "count")
	s.remove(s.sequence)
	_, err := Check(s.GetSequenceWithResponse(s.ctx, s.sequence))
	equal(s.t, errors.Is(err, ErrNotFound), true)
}

func (s *smoke) start(sequence string, arguments ...any) string {
	started := try(Check(s.StartSequenceWithResponse(s.ctx, sequence, StartRequest{Args: &arguments})))(s.t).JSON200
	return started.Id.String()
}

func (s *smoke) remove(sequence string) {
	force := true
	_ = try(Check(s.DeleteSequenceWithResponse(s.ctx, sequence, &DeleteSequenceParams{XSeqKillInst: &force})))(s.t)
}

// ended waits for an Instance's end, which its output tells, and returns it.
func (s *smoke) ended(id string) *Instance {
	for _, err := range Lines(s.raw.ReadOutput(s.ctx, id)) {
		must(s.t, err)
	}
	for {
		instance := try(Check(s.GetInstanceWithResponse(s.ctx, id)))(s.t).JSON200
		if instance.Terminated != nil {
			return instance
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func record(t *testing.T, step string, took time.Duration) {
	results := try(os.OpenFile(variable(t, "SMOKE_RESULTS"), os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600))(t)
	defer func() { must(t, results.Close()) }()
	_ = try(fmt.Fprintf(results, "{\"step\": %q, \"seconds\": %.3f}\n", step, took.Seconds()))(t)
}

func variable(t *testing.T, name string) string {
	t.Helper()
	value := os.Getenv(name)
	if value == "" {
		t.Fatalf("the environment has no %s", name)
	}
	return value
}

func file(t *testing.T, name string) []byte {
	t.Helper()
	return try(os.ReadFile(variable(t, name)))(t)
}

func try[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		must(t, err)
		return value
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func equal(t *testing.T, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("got %#v, want %#v", got, want)
	}
}
