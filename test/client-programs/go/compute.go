package main

import (
	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/images"
	"github.com/gophercloud/gophercloud/openstack/compute/v2/servers"
)

func listComputeImages(client *gophercloud.ServiceClient) error {
	pages, err := images.ListDetail(client, images.ListOpts{}).AllPages()
	if err != nil {
		return err
	}
	all, err := images.ExtractImages(pages)
	if err != nil {
		return err
	}
	ids := []string{}
	for _, image := range all {
		ids = append(ids, image.ID)
	}
	return writeLines(ids...)
}

func showComputeImage(client *gophercloud.ServiceClient) error {
	image, err := images.Get(client, given("IMAGE_ID")).Extract()
	if err != nil {
		return err
	}
	return writeLines(image.ID)
}

func deleteComputeImage(client *gophercloud.ServiceClient) error {
	return images.Delete(client, given("IMAGE_ID")).ExtractErr()
}

func createSnapshot(client *gophercloud.ServiceClient) error {
	options := servers.CreateImageOpts{Name: given("IMAGE_NAME")}
	id, err := servers.CreateImage(client, given("SERVER_ID"), options).ExtractImageID()
	if err != nil {
		return err
	}
	err = gophercloud.WaitFor(seconds(), func() (bool, error) {
		image, err := images.Get(client, id).Extract()
		if err != nil {
			return false, err
		}
		return isActive(image.Status)
	})
	if err != nil {
		return err
	}
	return writeLines(id)
}
