package main

import (
	"errors"
	"os"
	"strings"

	"github.com/gophercloud/gophercloud"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/imagedata"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/images"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/members"
	"github.com/gophercloud/gophercloud/openstack/imageservice/v2/tasks"
)

func listImages(client *gophercloud.ServiceClient) error {
	pages, err := images.List(client, images.ListOpts{}).AllPages()
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

func showImage(client *gophercloud.ServiceClient) error {
	image, err := images.Get(client, given("IMAGE_ID")).Extract()
	if err != nil {
		return err
	}
	return writeLines(image.ID)
}

func createImage(client *gophercloud.ServiceClient) error {
	options := images.CreateOpts{Name: given("IMAGE_NAME"), DiskFormat: "raw", ContainerFormat: "bare"}
	image, err := images.Create(client, options).Extract()
	if err != nil {
		return err
	}
	return writeLines(image.ID)
}

func uploadImage(client *gophercloud.ServiceClient) error {
	file, err := os.Open(given("FILE"))
	if err != nil {
		return err
	}
	defer file.Close()
	return imagedata.Upload(client, given("IMAGE_ID"), file).ExtractErr()
}

func waitForActive(client *gophercloud.ServiceClient) error {
	return gophercloud.WaitFor(seconds(), func() (bool, error) {
		image, err := images.Get(client, given("IMAGE_ID")).Extract()
		if err != nil {
			return false, err
		}
		return isActive(string(image.Status))
	})
}

// isActive says when gophercloud.WaitFor may stop.
func isActive(status string) (bool, error) {
	switch strings.ToLower(status) {
	case "error", "killed", "deleted", "pending_delete", "deactivated":
		return false, errors.New("the image is " + status)
	}
	return strings.EqualFold(status, "active"), nil
}

func downloadImage(client *gophercloud.ServiceClient) error {
	data, err := imagedata.Download(client, given("IMAGE_ID")).Extract()
	if err != nil {
		return err
	}
	defer data.Close()
	return writeData(data)
}

func updateImage(client *gophercloud.ServiceClient) error {
	name, value, _ := strings.Cut(given("PROPERTY"), "=")
	change := images.UpdateImageProperty{Op: images.AddOp, Name: name, Value: value}
	return images.Update(client, given("IMAGE_ID"), images.UpdateOpts{change}).Err
}

func deleteImage(client *gophercloud.ServiceClient) error {
	return images.Delete(client, given("IMAGE_ID")).ExtractErr()
}

func shareImage(client *gophercloud.ServiceClient) error {
	return members.Create(client, given("IMAGE_ID"), given("MEMBER")).Err
}

func acceptImage(client *gophercloud.ServiceClient) error {
	return members.Update(client, given("IMAGE_ID"), given("MEMBER"), members.UpdateOpts{Status: "accepted"}).Err
}

func listMembers(client *gophercloud.ServiceClient) error {
	page, err := members.List(client, given("IMAGE_ID")).AllPages()
	if err != nil {
		return err
	}
	all, err := members.ExtractMembers(page)
	if err != nil {
		return err
	}
	ids := []string{}
	for _, member := range all {
		ids = append(ids, member.MemberID)
	}
	return writeLines(ids...)
}

func unshareImage(client *gophercloud.ServiceClient) error {
	return members.Delete(client, given("IMAGE_ID"), given("MEMBER")).ExtractErr()
}

func listTasks(client *gophercloud.ServiceClient) error {
	page, err := tasks.List(client, tasks.ListOpts{}).AllPages()
	if err != nil {
		return err
	}
	all, err := tasks.ExtractTasks(page)
	if err != nil {
		return err
	}
	ids := []string{}
	for _, task := range all {
		ids = append(ids, task.ID)
	}
	return writeLines(ids...)
}
