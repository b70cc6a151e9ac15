package sideglance

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// recorder is a testing.TB that remembers failures instead of reporting them.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Errorf(format string, parameters ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, parameters...))
}

// get reads the whole response, so that the next request uses the same connection.
func get(t *testing.T, url string) {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		t.Fatal(err)
	}
}

func TestAWorldIsAForkWithTheTestAsLabel(t *testing.T) {
	world := NewWorld(t)
	if !strings.HasPrefix(world.Settings["OS_AUTH_URL"], world.URL) {
		t.Errorf("OS_AUTH_URL: %v", world.Settings)
	}
	var label struct{ Label string }
	world.Admin("GET", "label", nil, &label)
	if label.Label != t.Name() {
		t.Errorf("label: %q", label.Label)
	}
}

func TestAssertReceivedCountsRequests(t *testing.T) {
	world := NewWorld(t)
	get(t, world.URL+"/image/v2/images")
	world.AssertReceived(map[string]any{"requests": map[string]any{"status": 401}, "exactly": 1})
	failing := &recorder{TB: t}
	world.t = failing
	world.AssertReceived(map[string]any{"requests": map[string]any{"operation": "image-v2.listImages", "status": 200}})
	if len(failing.failures) != 1 || !strings.Contains(failing.failures[0], `"expected":200,"found":401`) {
		t.Errorf("failures: %v", failing.failures)
	}
}

func TestConductIsInconclusiveWithoutRequests(t *testing.T) {
	world := NewWorld(t)
	failing := &recorder{TB: t}
	world.t = failing
	world.AssertNoConductFindings("no-jitter", "not-retried")
	if len(failing.failures) != 1 || !strings.Contains(failing.failures[0], "inconclusive") {
		t.Errorf("failures: %v", failing.failures)
	}
}

func TestAFindingFails(t *testing.T) {
	world := NewWorld(t)
	world.Admin("POST", "faults", map[string]any{
		"match": map[string]any{"operation": "image-v2.listImages"}, "stage": "before-auth",
		"fault": map[string]any{"answer": 503, "retryAfter": 60}, "undocumented": true,
	}, nil)
	get(t, world.URL+"/image/v2/images")
	get(t, world.URL+"/image/v2/images")
	failing := &recorder{TB: t}
	world.t = failing
	world.AssertNoConductFindings()
	if len(failing.failures) != 1 || !strings.Contains(failing.failures[0], "retry-after-seconds-ignored") {
		t.Errorf("failures: %v", failing.failures)
	}
}
