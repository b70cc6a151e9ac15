// Tests of a client that uses gophercloud: each test has a world of its own.
package images

import (
	"testing"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"

	"sideglance"
)

// logIn returns a client of the image service of a world.
func logIn(t *testing.T, world *sideglance.World) *gophercloud.ServiceClient {
	t.Helper()
	provider, err := openstack.AuthenticatedClient(gophercloud.AuthOptions{
		IdentityEndpoint: world.Settings["OS_AUTH_URL"],
		Username:         world.Settings["OS_USERNAME"],
		Password:         world.Settings["OS_PASSWORD"],
		DomainName:       world.Settings["OS_USER_DOMAIN_NAME"],
		TenantName:       world.Settings["OS_PROJECT_NAME"],
	})
	if err != nil {
		t.Fatal(err)
	}
	client, err := openstack.NewImageServiceV2(provider, gophercloud.EndpointOpts{Region: world.Settings["OS_REGION_NAME"]})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestAConflictIsReported(t *testing.T) {
	world := sideglance.NewWorld(t)
	client := logIn(t, world)
	image, err := images.Create(client, images.CreateOpts{Name: "mine"}).Extract()
	if err != nil {
		t.Fatal(err)
	}
	world.Admin("POST", "faults", map[string]any{
		"match":        map[string]any{"operation": "image-v2.deleteImage"},
		"undocumented": true,
		"fault":        map[string]any{"answer": 409},
	}, nil)
	if err := images.Delete(client, image.ID).ExtractErr(); err == nil {
		t.Error("the client reports success")
	}
	world.AssertReceived(map[string]any{
		"requests": map[string]any{"operation": "image-v2.deleteImage", "status": 409},
		"exactly":  1,
	})
}
