// Package sideglance gives each test a world of Sideglance of its own and asserts what a client did.
// The variable SIDEGLANCE_URL has the address of a running server, SIDEGLANCE_ADMIN_TOKEN its token, if it has one.
package sideglance

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
)

// World is the world of one test: a fork of the default world that is dropped after the test.
type World struct {
	Name, URL string
	// Settings are the environment variables of OpenStack clients, such as OS_AUTH_URL.
	Settings map[string]string
	t        testing.TB
}

// NewWorld creates a world with the name of the test as label.
func NewWorld(t testing.TB) *World {
	t.Helper()
	root := &World{URL: strings.TrimRight(os.Getenv("SIDEGLANCE_URL"), "/"), t: t}
	var view struct {
		Name, URL string
		Settings  struct{ Openstack map[string]string }
	}
	root.Admin("POST", "worlds", map[string]any{"fork": "default", "label": t.Name()}, &view)
	t.Cleanup(func() { root.Admin("DELETE", "worlds/"+view.Name, nil, nil) })
	return &World{view.Name, view.URL, view.Settings.Openstack, t}
}

// Admin sends a request to the admin API of the world and decodes the response into result, unless it is nil.
func (w *World) Admin(method, path string, body, result any) {
	w.t.Helper()
	var data bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&data).Encode(body); err != nil {
			w.t.Fatal(err)
		}
	}
	request, err := http.NewRequest(method, w.URL+"/__admin/"+path, &data)
	if err != nil {
		w.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if token := os.Getenv("SIDEGLANCE_ADMIN_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		w.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode > 299 {
		err = fmt.Errorf("%s %s: %s %s", method, path, response.Status, text)
	}
	if err == nil && result != nil {
		err = json.Unmarshal(text, result)
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

// AssertReceived checks an expectation as POST verify takes it: {"requests": {...}, "exactly": 2}.
func (w *World) AssertReceived(expectation map[string]any) {
	w.t.Helper()
	var verdict struct {
		Result, Message string
		Nearest         json.RawMessage
	}
	w.Admin("POST", "verify", expectation, &verdict)
	if verdict.Result != "yes" {
		w.t.Errorf("%s: %s Nearest: %s", verdict.Result, verdict.Message, verdict.Nearest)
	}
}

// AssertNoConductFindings checks that the client broke no conduct rule; ignore has ids of rules to leave out.
func (w *World) AssertNoConductFindings(ignore ...string) {
	w.t.Helper()
	var report struct {
		Verdict  string
		Findings []struct{ Severity, Rule, Message string }
	}
	query := ""
	if len(ignore) > 0 {
		query = "?ignore=" + url.QueryEscape(strings.Join(ignore, ","))
	}
	w.Admin("GET", "conduct"+query, nil, &report)
	if report.Verdict != "pass" {
		w.t.Errorf("conduct: %s %v", report.Verdict, report.Findings)
	}
}
