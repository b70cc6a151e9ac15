// Command gophercloud runs a task of the conformance suite with gophercloud, with its defaults.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack"
)

const unsupported = 127

// given returns an input of the task, such as given("IMAGE_ID").
func given(name string) string {
	value, isSet := os.LookupEnv("SIDEGLANCE_" + name)
	if !isSet {
		end(errors.New("SIDEGLANCE_" + name + " is not set"))
	}
	return value
}

// seconds returns how long the program may take.
func seconds() int {
	value, err := strconv.Atoi(os.Getenv("SIDEGLANCE_TIMEOUT"))
	if err != nil {
		return 60
	}
	return value
}

// writeLines writes ids to the output of the task, one a line.
func writeLines(values ...string) error {
	path := os.Getenv("SIDEGLANCE_OUTPUT")
	if path == "" {
		return nil
	}
	return os.WriteFile(path, []byte(strings.Join(append(values, ""), "\n")), 0o644)
}

// writeData writes downloaded data to the output of the task, once all of it is there.
func writeData(data io.Reader) error {
	part := given("OUTPUT") + ".part"
	file, err := os.Create(part)
	if err != nil {
		return err
	}
	defer file.Close()
	writer := bufio.NewWriter(file)
	if _, err := io.Copy(writer, data); err != nil {
		return err
	}
	if err := writer.Flush(); err != nil {
		return err
	}
	return os.Rename(part, given("OUTPUT"))
}

// end stops the program: with 0, or with 1 after an error.
func end(err error) {
	if err == nil {
		os.Exit(0)
	}
	fmt.Fprintf(os.Stderr, "%T: %v\n", err, err)
	os.Exit(1)
}

// logIn returns a client that logs in again when its token is rejected.
func logIn() (*gophercloud.ProviderClient, error) {
	return openstack.AuthenticatedClient(gophercloud.AuthOptions{
		IdentityEndpoint: os.Getenv("OS_AUTH_URL"),
		Username:         os.Getenv("OS_USERNAME"),
		Password:         os.Getenv("OS_PASSWORD"),
		DomainName:       os.Getenv("OS_USER_DOMAIN_NAME"),
		Scope: &gophercloud.AuthScope{
			ProjectName: os.Getenv("OS_PROJECT_NAME"),
			DomainName:  os.Getenv("OS_PROJECT_DOMAIN_NAME"),
		},
		AllowReauth: true,
	})
}

// service returns the client of an API.
func service(api string) (*gophercloud.ServiceClient, error) {
	provider, err := logIn()
	if err != nil {
		return nil, err
	}
	region := gophercloud.EndpointOpts{Region: os.Getenv("OS_REGION_NAME")}
	switch api {
	case "image-v2":
		return openstack.NewImageServiceV2(provider, region)
	case "compute-v2.1":
		return openstack.NewComputeV2(provider, region)
	default:
		return openstack.NewIdentityV3(provider, region)
	}
}

func main() {
	api := given("API")
	run, isKnown := byAPI[api][given("TASK")]
	if !isKnown {
		os.Exit(unsupported)
	}
	client, err := service(api)
	if err == nil {
		err = run(client)
	}
	end(err)
}
