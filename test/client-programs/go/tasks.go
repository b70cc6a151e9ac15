package main

import (
	"github.com/gophercloud/gophercloud"
)

// task does what SIDEGLANCE_TASK names.
type task func(*gophercloud.ServiceClient) error

// authenticate has nothing to do: the client has logged in.
func authenticate(*gophercloud.ServiceClient) error { return nil }

var byAPI = map[string]map[string]task{
	"identity": {"authenticate": authenticate},
	"image-v2": {
		"authenticate":    authenticate,
		"list-images":     listImages,
		"show-image":      showImage,
		"create-image":    createImage,
		"upload-image":    uploadImage,
		"wait-for-active": waitForActive,
		"download-image":  downloadImage,
		"update-image":    updateImage,
		"delete-image":    deleteImage,
		"share-image":     shareImage,
		"accept-image":    acceptImage,
		"list-members":    listMembers,
		"unshare-image":   unshareImage,
		"list-tasks":      listTasks,
	},
	"compute-v2.1": {
		"authenticate":    authenticate,
		"list-images":     listComputeImages,
		"show-image":      showComputeImage,
		"delete-image":    deleteComputeImage,
		"create-snapshot": createSnapshot,
	},
}
