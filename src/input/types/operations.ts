// Written by `npm run generate`; do not edit.

/** The documented statuses of each operation, by its name: `DocumentedStatuses['image-v2.deleteImage']`. */
export interface DocumentedStatuses {
  /** Lists the API versions, at the root and at every path without a version. */
  readonly 'image-v2.listVersions': 300;
  /** Lists the API versions at `/versions`. */
  readonly 'image-v2.listVersionsExplicit': 200;
  /** Lists the images that the caller can see, one page at a time. */
  readonly 'image-v2.listImages': 200 | 400 | 401 | 403;
  /** Creates an image without data. */
  readonly 'image-v2.createImage': 201 | 400 | 401 | 403 | 409 | 413 | 415;
  /** Returns one image. */
  readonly 'image-v2.showImage': 200 | 400 | 401 | 403 | 404;
  /** Changes an image with a JSON patch, all steps or none. */
  readonly 'image-v2.updateImage': 200 | 400 | 401 | 403 | 404 | 409 | 413 | 415;
  /** Deletes an image and its data. */
  readonly 'image-v2.deleteImage': 204 | 403 | 404;
  /** Adds a tag to an image. */
  readonly 'image-v2.addImageTag': 204 | 400 | 401 | 403 | 404 | 413;
  /** Removes a tag from an image. */
  readonly 'image-v2.deleteImageTag': 204 | 400 | 401 | 403 | 404;
  /** Deactivates an image, so that its data cannot be downloaded. */
  readonly 'image-v2.deactivateImage': 204 | 400 | 403 | 404;
  /** Reactivates an image. */
  readonly 'image-v2.reactivateImage': 204 | 400 | 403 | 404;
  /** Downloads an image's data, completely or one range. */
  readonly 'image-v2.downloadImageData': 200 | 204 | 206 | 400 | 403 | 404 | 416;
  /** Uploads an image's data. */
  readonly 'image-v2.uploadImageData': 204 | 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 503;
  /** Stages an image's data for a later import. */
  readonly 'image-v2.stageImageData': 204 | 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 503;
  /** Shares an image with a project. */
  readonly 'image-v2.createImageMember': 200 | 400 | 401 | 403 | 404 | 409 | 413;
  /** Returns one member of an image. */
  readonly 'image-v2.showImageMember': 200 | 400 | 401 | 404;
  /** Lists the projects with which an image is shared. */
  readonly 'image-v2.listImageMembers': 200 | 400 | 401 | 403 | 404;
  /** Accepts or rejects a shared image. */
  readonly 'image-v2.updateImageMember': 200 | 400 | 401 | 403 | 404;
  /** Stops sharing an image with a project. */
  readonly 'image-v2.deleteImageMember': 204 | 400 | 401 | 403 | 404;
  /** Returns the quotas of the project and their usage. */
  readonly 'image-v2.discoverUsage': 200;
  /** Lists the import methods. */
  readonly 'image-v2.discoverImport': 200 | 400 | 401 | 403;
  /** Lists the stores for image data. */
  readonly 'image-v2.discoverStores': 200 | 404;
  /** Lists the stores with their details, for administrators. */
  readonly 'image-v2.discoverStoresDetail': 200 | 403 | 404;
  /** Starts the import of an image by one of the import methods. */
  readonly 'image-v2.importImage': 202 | 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 503;
  /** Lists the current and past tasks of an image. */
  readonly 'image-v2.showImageTasks': 200 | 404;
  /** Removes an image's data from one store. */
  readonly 'image-v2.deleteImageFromStore': 204 | 400 | 401 | 403 | 404 | 409;
  /** Sets the location of existing data for a queued image. */
  readonly 'image-v2.addImageLocation': 200 | 400 | 403 | 404 | 409;
  /** Lists the locations of an image's data, for other services. */
  readonly 'image-v2.listImageLocations': 200 | 403 | 404;
  /** Creates a task. */
  readonly 'image-v2.createTask': 201 | 401 | 413 | 415;
  /** Lists tasks without input and result. */
  readonly 'image-v2.listTasks': 200 | 403 | 404 | 413;
  /** Returns one task. */
  readonly 'image-v2.showTask': 200 | 404;
  /** Not allowed: tasks expire on their own. */
  readonly 'image-v2.deleteTask': 405;
  /** Lists the cached images and the queued ones. */
  readonly 'image-v2.queryCache': 200 | 400 | 401 | 403;
  /** Queues an image for caching. */
  readonly 'image-v2.queueCacheImage': 202 | 400 | 401 | 403 | 404;
  /** Removes an image from the cache and from the queue. */
  readonly 'image-v2.deleteCacheImage': 204 | 400 | 401 | 403 | 404;
  /** Empties the cache, the queue, or both. */
  readonly 'image-v2.clearCache': 204 | 400 | 401 | 403;
  /** Removes unusable data from the cache. */
  readonly 'image-v2.cleanCache': 200 | 400 | 401 | 403;
  /** Shrinks the cache to its maximum size. */
  readonly 'image-v2.pruneCache': 200 | 400 | 401 | 403;
  /** Lists the namespaces that the caller can see, one page at a time. */
  readonly 'image-v2.listMetadefNamespaces': 200 | 400 | 401 | 403 | 404;
  /** Creates a namespace and its initial parts. */
  readonly 'image-v2.createMetadefNamespace': 201 | 400 | 401 | 403 | 409;
  /** Returns a namespace with its parts. */
  readonly 'image-v2.showMetadefNamespace': 200 | 401 | 404;
  /** Changes the attributes of a namespace, including its name. */
  readonly 'image-v2.updateMetadefNamespace': 200 | 400 | 401 | 403 | 404 | 409;
  /** Deletes a namespace and its parts. */
  readonly 'image-v2.deleteMetadefNamespace': 204 | 401 | 403 | 404;
  /** Lists the resource types of all namespaces, past ones included. */
  readonly 'image-v2.listMetadefResourceTypes': 200 | 400 | 401;
  /** Lists the resource types of a namespace. */
  readonly 'image-v2.listMetadefAssociations': 200 | 401 | 404;
  /** Associates a resource type with a namespace. */
  readonly 'image-v2.createMetadefAssociation': 201 | 400 | 401 | 403 | 404 | 409;
  /** Removes a resource type from a namespace. */
  readonly 'image-v2.deleteMetadefAssociation': 204 | 400 | 401 | 403 | 404;
  /** Returns the properties of a namespace by name. */
  readonly 'image-v2.listMetadefProperties': 200 | 401 | 404;
  /** Adds a property to a namespace. */
  readonly 'image-v2.createMetadefProperty': 201 | 400 | 401 | 403 | 404 | 409;
  /** Removes all properties of a namespace. */
  readonly 'image-v2.deleteMetadefProperties': 204 | 401 | 403 | 404;
  /** Returns a property, by its own name or by its name with the prefix of a resource type. */
  readonly 'image-v2.showMetadefProperty': 200 | 401 | 404;
  /** Replaces a property, including its name. */
  readonly 'image-v2.updateMetadefProperty': 200 | 400 | 401 | 403 | 404 | 409;
  /** Removes a property. */
  readonly 'image-v2.deleteMetadefProperty': 204 | 401 | 403 | 404;
  /** Lists the objects of a namespace. */
  readonly 'image-v2.listMetadefObjects': 200 | 400 | 401 | 404;
  /** Adds an object to a namespace. */
  readonly 'image-v2.createMetadefObject': 201 | 400 | 401 | 403 | 404 | 409;
  /** Removes all objects of a namespace. */
  readonly 'image-v2.deleteMetadefObjects': 204 | 401 | 403 | 404;
  /** Returns an object. */
  readonly 'image-v2.showMetadefObject': 200 | 400 | 401 | 404;
  /** Replaces an object, including its name. */
  readonly 'image-v2.updateMetadefObject': 200 | 400 | 401 | 403 | 404 | 409;
  /** Removes an object. */
  readonly 'image-v2.deleteMetadefObject': 204 | 400 | 401 | 403 | 404;
  /** Lists the tags of a namespace, one page at a time. */
  readonly 'image-v2.listMetadefTags': 200 | 400 | 401 | 404;
  /** Replaces the tags of a namespace, or adds to them. */
  readonly 'image-v2.createMetadefTags': 201 | 400 | 401 | 403 | 404 | 409;
  /** Removes all tags of a namespace. */
  readonly 'image-v2.deleteMetadefTags': 204 | 401 | 403 | 404;
  /** Returns a tag. */
  readonly 'image-v2.showMetadefTag': 200 | 400 | 401 | 404;
  /** Adds a tag to a namespace. */
  readonly 'image-v2.createMetadefTag': 201 | 400 | 401 | 403 | 404 | 409;
  /** Renames a tag. */
  readonly 'image-v2.updateMetadefTag': 200 | 400 | 401 | 403 | 404 | 409;
  /** Removes a tag. */
  readonly 'image-v2.deleteMetadefTag': 204 | 400 | 401 | 403 | 404;
  /** Returns the JSON schema of a namespace. */
  readonly 'image-v2.showMetadefNamespaceSchema': 200 | 401;
  /** Returns the JSON schema of a list of namespaces. */
  readonly 'image-v2.showMetadefNamespacesSchema': 200 | 401;
  /** Returns the JSON schema of a resource type association. */
  readonly 'image-v2.showMetadefAssociationSchema': 200 | 401;
  /** Returns the JSON schema of a list of resource type associations. */
  readonly 'image-v2.showMetadefAssociationsSchema': 200 | 401;
  /** Returns the JSON schema of a property. */
  readonly 'image-v2.showMetadefPropertySchema': 200 | 401;
  /** Returns the JSON schema of a list of properties. */
  readonly 'image-v2.showMetadefPropertiesSchema': 200 | 401;
  /** Returns the JSON schema of an object. */
  readonly 'image-v2.showMetadefObjectSchema': 200 | 401;
  /** Returns the JSON schema of a list of objects. */
  readonly 'image-v2.showMetadefObjectsSchema': 200 | 401;
  /** Returns the JSON schema of a tag. */
  readonly 'image-v2.showMetadefTagSchema': 200 | 401;
  /** Returns the JSON schema of a list of tags. */
  readonly 'image-v2.showMetadefTagsSchema': 200 | 401;
  /** Returns the JSON schema of an image. */
  readonly 'image-v2.showImageSchema': 200 | 400 | 401;
  /** Returns the JSON schema of a list of images. */
  readonly 'image-v2.showImagesSchema': 200 | 400 | 401;
  /** Returns the JSON schema of an image member. */
  readonly 'image-v2.showMemberSchema': 200 | 400 | 401;
  /** Returns the JSON schema of a list of image members. */
  readonly 'image-v2.showMembersSchema': 200 | 400 | 401;
  /** Returns the JSON schema of a task. */
  readonly 'image-v2.showTaskSchema': 200 | 401;
  /** Returns the JSON schema of a list of tasks. */
  readonly 'image-v2.showTasksSchema': 200 | 401;
  /** Lists the major versions with their microversion range. */
  readonly 'compute-v2.1.listVersions': 200 | 300;
  /** Describes version 2.1. */
  readonly 'compute-v2.1.showVersion': 200;
  /** Lists id, name and links of images; up to microversion 2.35. */
  readonly 'compute-v2.1.listImages': 200 | 203 | 400 | 401 | 403 | 405 | 503;
  /** Lists images in full; up to microversion 2.35. */
  readonly 'compute-v2.1.listImagesDetail': 200 | 203 | 400 | 401 | 403 | 405 | 503;
  /** Returns one image; up to microversion 2.35. */
  readonly 'compute-v2.1.showImage': 200 | 203 | 400 | 401 | 403 | 404 | 405 | 503;
  /** Removes an image; up to microversion 2.35. */
  readonly 'compute-v2.1.deleteImage': 204 | 400 | 401 | 403 | 404 | 405 | 503;
  /** Returns the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.listImageMetadata': 200 | 203 | 400 | 401 | 403 | 404 | 405 | 503;
  /** Adds or changes items of the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.updateImageMetadata': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 415 | 503;
  /** Replaces the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.replaceImageMetadata': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 415 | 503;
  /** Returns one item of the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.showImageMetadataItem': 200 | 203 | 400 | 401 | 403 | 404 | 405 | 503;
  /** Sets one item of the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.setImageMetadataItem': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 415 | 503;
  /** Removes one item of the metadata of an image; up to microversion 2.38. */
  readonly 'compute-v2.1.deleteImageMetadataItem': 204 | 400 | 401 | 403 | 404 | 405 | 409 | 503;
  /** Starts creating an image of a server. */
  readonly 'compute-v2.1.createServerImage': 202 | 400 | 401 | 403 | 404 | 405 | 409 | 415 | 503;
  /** Returns the limits of a project and what it uses. */
  readonly 'compute-v2.1.showLimits': 200;
  /** Returns the quotas of a project. */
  readonly 'compute-v2.1.showQuotaSet': 200 | 400 | 401 | 403;
  /** Returns the default quotas of a project. */
  readonly 'compute-v2.1.showQuotaDefaults': 200 | 400 | 401 | 403;
  /** Returns the quotas of a project and what it uses. */
  readonly 'compute-v2.1.showQuotaDetail': 200 | 400 | 401 | 403;
  /** Changes quotas of a project or of a user in it. */
  readonly 'compute-v2.1.updateQuotaSet': 200 | 400 | 401 | 403;
  /** Removes the changes of the quotas of a project or of a user in it. */
  readonly 'compute-v2.1.deleteQuotaSet': 202 | 401 | 403;
  /** Returns the quotas of a class; those of the class default apply to all projects. */
  readonly 'compute-v2.1.showQuotaClassSet': 200 | 401 | 403;
  /** Changes quotas of a class. */
  readonly 'compute-v2.1.updateQuotaClassSet': 200 | 400 | 401 | 403;
  /** Lists what the servers of all projects have used. */
  readonly 'compute-v2.1.listTenantUsage': 200 | 400 | 401 | 403;
  /** Returns what the servers of a project have used. */
  readonly 'compute-v2.1.showTenantUsage': 200 | 400 | 401 | 403;
  /** Lists availability zones. */
  readonly 'compute-v2.1.listAvailabilityZones': 200 | 401 | 403;
  /** Lists availability zones with their hosts and services. */
  readonly 'compute-v2.1.listAvailabilityZonesDetail': 200 | 401 | 403;
  /** Lists the key pairs of a user. */
  readonly 'compute-v2.1.listKeypairs': 200 | 400 | 401 | 403;
  /** Imports a public key, or generates a key. */
  readonly 'compute-v2.1.createKeypair': 200 | 201 | 400 | 401 | 403 | 409;
  /** Returns one key pair. */
  readonly 'compute-v2.1.showKeypair': 200 | 401 | 403 | 404;
  /** Deletes a key pair. */
  readonly 'compute-v2.1.deleteKeypair': 202 | 204 | 401 | 403 | 404;
  /** Lists id, name and links of flavors. */
  readonly 'compute-v2.1.listFlavors': 200 | 400 | 401 | 403;
  /** Lists flavors in full. */
  readonly 'compute-v2.1.listFlavorsDetail': 200 | 400 | 401 | 403;
  /** Returns one flavor. */
  readonly 'compute-v2.1.showFlavor': 200 | 401 | 403 | 404;
  /** Returns the extra specs of a flavor. */
  readonly 'compute-v2.1.listFlavorExtraSpecs': 200 | 401 | 403 | 404;
  /** Returns one extra spec of a flavor. */
  readonly 'compute-v2.1.showFlavorExtraSpec': 200 | 401 | 403 | 404;
  /** Lists the projects that may use a flavor that is not public. */
  readonly 'compute-v2.1.listFlavorAccess': 200 | 401 | 403 | 404;
  /** Creates a flavor. */
  readonly 'compute-v2.1.createFlavor': 200 | 400 | 401 | 403 | 409;
  /** Changes the description of a flavor, from microversion 2.55. */
  readonly 'compute-v2.1.updateFlavor': 200 | 400 | 401 | 403 | 404;
  /** Deletes a flavor. */
  readonly 'compute-v2.1.deleteFlavor': 202 | 401 | 403 | 404;
  /** Allows a project to use a flavor. */
  readonly 'compute-v2.1.addFlavorAccess': 200 | 400 | 401 | 403 | 404 | 409;
  /** Denies a project the use of a flavor. */
  readonly 'compute-v2.1.removeFlavorAccess': 200 | 400 | 401 | 403 | 404 | 409;
  /** Adds extra specs to a flavor, and replaces those of the same names. */
  readonly 'compute-v2.1.createFlavorExtraSpecs': 200 | 400 | 401 | 403 | 404 | 409;
  /** Sets one extra spec of a flavor. */
  readonly 'compute-v2.1.updateFlavorExtraSpec': 200 | 400 | 401 | 403 | 404 | 409;
  /** Removes one extra spec of a flavor. */
  readonly 'compute-v2.1.deleteFlavorExtraSpec': 200 | 401 | 403 | 404;
  /** Lists id, name and links of servers. */
  readonly 'compute-v2.1.listServers': 200 | 400 | 401 | 403;
  /** Lists servers in full. */
  readonly 'compute-v2.1.listServersDetail': 200 | 400 | 401 | 403;
  /** Creates servers from an image. */
  readonly 'compute-v2.1.createServer': 202 | 400 | 401 | 403 | 404 | 409;
  /** Changes the name, the description or the addresses of a server. */
  readonly 'compute-v2.1.updateServer': 200 | 400 | 401 | 403 | 404;
  /** Deletes a server. */
  readonly 'compute-v2.1.deleteServer': 204 | 401 | 403 | 404 | 409;
  /** Returns one server. */
  readonly 'compute-v2.1.showServer': 200 | 401 | 403 | 404;
  /** Starts a server that is shut off. */
  readonly 'compute-v2.1.startServer': 202 | 401 | 403 | 404 | 409;
  /** Stops a server. */
  readonly 'compute-v2.1.stopServer': 202 | 401 | 403 | 404 | 409;
  /** Pauses a server. */
  readonly 'compute-v2.1.pauseServer': 202 | 401 | 403 | 404 | 409;
  /** Continues a paused server. */
  readonly 'compute-v2.1.unpauseServer': 202 | 401 | 403 | 404 | 409;
  /** Suspends a server. */
  readonly 'compute-v2.1.suspendServer': 202 | 401 | 403 | 404 | 409;
  /** Continues a suspended server. */
  readonly 'compute-v2.1.resumeServer': 202 | 401 | 403 | 404 | 409;
  /** Reboots a server, softly or by force. */
  readonly 'compute-v2.1.rebootServer': 202 | 401 | 403 | 404 | 409;
  /** Locks a server against changes. */
  readonly 'compute-v2.1.lockServer': 202 | 401 | 403 | 404 | 409;
  /** Unlocks a server. */
  readonly 'compute-v2.1.unlockServer': 202 | 401 | 403 | 404 | 409;
  /** Lists the server groups of the project. */
  readonly 'compute-v2.1.listServerGroups': 200 | 401 | 403;
  /** Creates a server group. */
  readonly 'compute-v2.1.createServerGroup': 200 | 400 | 401 | 403 | 409;
  /** Returns one server group. */
  readonly 'compute-v2.1.showServerGroup': 200 | 401 | 403 | 404;
  /** Deletes a server group; its servers stay. */
  readonly 'compute-v2.1.deleteServerGroup': 204 | 401 | 403 | 404;
  /** Lists the extensions of the API. */
  readonly 'compute-v2.1.listExtensions': 200 | 401 | 403;
  /** Returns one extension of the API. */
  readonly 'compute-v2.1.showExtension': 200 | 401 | 403 | 404;
  /** Lists hypervisors (the list is empty). */
  readonly 'compute-v2.1.listHypervisors': 200 | 400 | 401 | 403;
  /** Lists hypervisors in full (the list is empty). */
  readonly 'compute-v2.1.listHypervisorsDetail': 200 | 400 | 401 | 403;
  /** Returns the sums of all hypervisors, up to microversion 2.87. */
  readonly 'compute-v2.1.showHypervisorStatistics': 200 | 401 | 403 | 404;
  /** Returns one hypervisor. */
  readonly 'compute-v2.1.showHypervisor': 200 | 400 | 401 | 403 | 404;
  /** Returns the uptime of a hypervisor, up to microversion 2.87. */
  readonly 'compute-v2.1.showHypervisorUptime': 200 | 400 | 401 | 403 | 404;
  /** Finds hypervisors by name, up to microversion 2.52. */
  readonly 'compute-v2.1.searchHypervisors': 200 | 401 | 403 | 404;
  /** Lists the servers of hypervisors by name, up to microversion 2.52. */
  readonly 'compute-v2.1.listHypervisorServers': 200 | 401 | 403 | 404;
  /** Lists compute services (the list is empty). */
  readonly 'compute-v2.1.listServices': 200 | 401 | 403;
  /** Changes a compute service: by its id from microversion 2.53, before by an action. */
  readonly 'compute-v2.1.updateService': 200 | 400 | 401 | 403 | 404;
  /** Deletes a compute service. */
  readonly 'compute-v2.1.deleteService': 204 | 400 | 401 | 403 | 404 | 409;
  /** Lists aggregates. */
  readonly 'compute-v2.1.listAggregates': 200 | 401 | 403;
  /** Creates an aggregate. */
  readonly 'compute-v2.1.createAggregate': 200 | 400 | 401 | 403 | 409;
  /** Returns one aggregate. */
  readonly 'compute-v2.1.showAggregate': 200 | 400 | 401 | 403 | 404;
  /** Changes the name or the availability zone of an aggregate. */
  readonly 'compute-v2.1.updateAggregate': 200 | 400 | 401 | 403 | 404 | 409;
  /** Deletes an aggregate. */
  readonly 'compute-v2.1.deleteAggregate': 200 | 400 | 401 | 403 | 404;
  /** Adds a host to an aggregate; there are no hosts. */
  readonly 'compute-v2.1.addAggregateHost': 200 | 400 | 401 | 403 | 404 | 409;
  /** Removes a host from an aggregate; there are no hosts. */
  readonly 'compute-v2.1.removeAggregateHost': 200 | 400 | 401 | 403 | 404 | 409;
  /** Sets and removes metadata of an aggregate. */
  readonly 'compute-v2.1.setAggregateMetadata': 200 | 400 | 401 | 403 | 404 | 409;
  /** Lists standard images, own images, and accepted shared images. */
  readonly 'rackspace-images.listImages': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns one image. */
  readonly 'rackspace-images.showImage': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Updates an own image. The body is a list of add, replace and remove operations. */
  readonly 'rackspace-images.updateImage': 200 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Deletes an own image. */
  readonly 'rackspace-images.deleteImage': 204 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Shares an own image with another tenant. */
  readonly 'rackspace-images.createImageMember': 200 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Lists the tenants that an image is shared with; a member sees only itself. */
  readonly 'rackspace-images.listImageMembers': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns one member of an image. */
  readonly 'rackspace-images.showImageMember': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Accepts or rejects a shared image as its member. */
  readonly 'rackspace-images.updateImageMember': 200 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Stops sharing an image with a tenant. */
  readonly 'rackspace-images.deleteImageMember': 204 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Adds a tag to an image; an existing tag is kept. */
  readonly 'rackspace-images.addImageTag': 204 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Removes a tag from an image. */
  readonly 'rackspace-images.deleteImageTag': 204 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Starts to create an image from a file in Cloud Files. */
  readonly 'rackspace-images.createImportTask': 201 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Starts to write an image to a container of Cloud Files. */
  readonly 'rackspace-images.createExportTask': 201 | 400 | 401 | 403 | 405 | 413 | 415 | 500 | 503;
  /** Lists the tasks of the tenant, newest first, without input and result. */
  readonly 'rackspace-images.listTasks': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns one task. */
  readonly 'rackspace-images.showTask': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns the JSON schema of a list of images. */
  readonly 'rackspace-images.showImagesSchema': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns the JSON schema of an image. */
  readonly 'rackspace-images.showImageSchema': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Returns the JSON schema of a list of image members. */
  readonly 'rackspace-images.showMembersSchema': 200;
  /** Returns the JSON schema of an image member. */
  readonly 'rackspace-images.showMemberSchema': 200;
  /** Returns the JSON schema of a list of tasks. */
  readonly 'rackspace-images.showTasksSchema': 200 | 400 | 401 | 403 | 405 | 413 | 500 | 503;
  /** Returns the JSON schema of a task. */
  readonly 'rackspace-images.showTaskSchema': 200 | 400 | 401 | 403 | 405 | 413 | 500 | 503;
  /** Lists id, name and links of the images that the account can see. */
  readonly 'rackspace-servers.listImages': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Lists all attributes of the images that the account can see. */
  readonly 'rackspace-servers.listImagesDetail': 200 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns one image. */
  readonly 'rackspace-servers.showImage': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Deletes an image. */
  readonly 'rackspace-servers.deleteImage': 204 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns the metadata of an image. */
  readonly 'rackspace-servers.listImageMetadata': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Adds items to the metadata of an image, or replaces their values. */
  readonly 'rackspace-servers.updateImageMetadata': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns one item of the metadata of an image. */
  readonly 'rackspace-servers.showImageMetadataItem': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Sets one item of the metadata of an image. */
  readonly 'rackspace-servers.setImageMetadataItem': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Removes one item of the metadata of an image. */
  readonly 'rackspace-servers.deleteImageMetadataItem': 204 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Starts to create an image of a server. */
  readonly 'rackspace-servers.createServerImage': 202 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Schedules a daily or weekly image of a server. */
  readonly 'rackspace-servers.enableScheduledImages': 200 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns the image schedule of a server. */
  readonly 'rackspace-servers.showScheduledImages': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Removes the image schedule of a server. */
  readonly 'rackspace-servers.disableScheduledImages': 202 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns the rate limits and the absolute limits of an account, with their use. */
  readonly 'rackspace-servers.showLimits': 200 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Returns the quotas of an account. */
  readonly 'rackspace-servers.showQuotas': 200 | 203 | 400 | 401 | 403 | 405 | 409 | 413 | 500 | 503;
  /** Logs in with an API key or a password, as the operation of the identity service does. */
  readonly 'rackspace-servers.authenticate': 200 | 400 | 401 | 403 | 500;
  /** Lists the API versions. */
  readonly 'ims.listVersions': 300 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Describes one API version. */
  readonly 'ims.showVersion': 300 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists images, one page at a time. */
  readonly 'ims.listImages': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns one image. */
  readonly 'ims.showImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Updates the name, the description or custom attributes of an image. */
  readonly 'ims.updateImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Deletes a private image of the caller; the body can ask to delete its backup. */
  readonly 'ims.deleteImage': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Creates a private image without data. */
  readonly 'ims.createImage': 201 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Uploads the data of an image. */
  readonly 'ims.uploadImage': 204 | 400 | 401 | 403 | 404 | 409 | 500;
  /** Lists images with the service's own filters. */
  readonly 'ims.listCloudImages': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Updates an active image. */
  readonly 'ims.updateCloudImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the quota of private images and its use. */
  readonly 'ims.showQuota': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the supported operating systems. */
  readonly 'ims.listOsVersions': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Shares an image with a project. */
  readonly 'ims.createImageMember': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the projects that an image is shared with. */
  readonly 'ims.listImageMembers': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns one member of an image. */
  readonly 'ims.showImageMember': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Accepts or rejects a shared image. */
  readonly 'ims.updateImageMember': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Stops sharing an image with a project. */
  readonly 'ims.deleteImageMember': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Adds a tag, a key without a value, to an image. */
  readonly 'ims.addImageTag': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Removes a tag from an image. */
  readonly 'ims.deleteImageTag': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Adds a tag to an image, or replaces its value. */
  readonly 'ims.putTag': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the tags of the images that match the filters. */
  readonly 'ims.listTags': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Adds a tag to an image, or replaces its value. */
  readonly 'ims.addKeyValueTag': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Adds several tags to an image, or removes them. */
  readonly 'ims.batchTags': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Removes the tag with a key from an image. */
  readonly 'ims.deleteKeyValueTag': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the tags of an image. */
  readonly 'ims.listKeyValueTags': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the keys of all tags of a project's images, with their values. */
  readonly 'ims.listAllTags': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Finds or counts a project's images by their tags. */
  readonly 'ims.queryByTags': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists images in the format of the first API version. */
  readonly 'ims.listImagesDetailV11': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the attributes of an image as headers. */
  readonly 'ims.headImageV1': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Deletes an image. */
  readonly 'ims.deleteImageV11': 204 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Creates images from a server, from files or from volumes. */
  readonly 'ims.createCloudImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Creates an image from a large file. */
  readonly 'ims.quickImport': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Creates an image of a data disk from a file. */
  readonly 'ims.createDataImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Creates an image of all disks of a server, from the server or from a backup. */
  readonly 'ims.createWholeImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Fills an image without data from a file. */
  readonly 'ims.registerImage': 200 | 400 | 401 | 403 | 404;
  /** Writes a private image to a file. */
  readonly 'ims.exportImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Copies an image within the region. */
  readonly 'ims.copyImage': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Copies an image to another region. */
  readonly 'ims.copyImageCrossRegion': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Shares images with projects. */
  readonly 'ims.addMembersBatch': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Accepts or rejects shared images. */
  readonly 'ims.updateMembersBatch': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Stops sharing images with projects. */
  readonly 'ims.deleteMembersBatch': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the status of a job. */
  readonly 'ims.showJob': 200 | 400 | 401 | 403 | 500 | 503;
  /** Returns the progress of a job. */
  readonly 'ims.showJobProgress': 200 | 400 | 401 | 403 | 500 | 503;
  /** Returns the JSON schema of a list of images. */
  readonly 'ims.showImagesSchema': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the JSON schema of an image. */
  readonly 'ims.showImageSchema': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the JSON schema of a list of image members. */
  readonly 'ims.showMembersSchema': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Returns the JSON schema of an image member. */
  readonly 'ims.showMemberSchema': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists the versions of the identity service. */
  readonly 'identity.listVersions': 200 | 300 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Describes version 3. */
  readonly 'identity.showVersionV3': 200;
  /** Issues a token by password, without scope (or with the default project of the user). */
  readonly 'identity.authPasswordUnscoped': 201 | 400 | 401 | 403 | 404;
  /** Issues a token by password, scoped. */
  readonly 'identity.authPasswordScoped': 201 | 400 | 401 | 403 | 404;
  /** Exchanges a token for one with another scope. */
  readonly 'identity.authToken': 201 | 400 | 401 | 403 | 404;
  /** Issues a token by application credential; the scope is that of the credential. */
  readonly 'identity.authApplicationCredential': 201 | 400 | 401 | 403 | 404;
  /** Issues a token after two login steps; the first one returns 401 with a receipt. */
  readonly 'identity.authMultiFactor': 201 | 400 | 401 | 403 | 404;
  /** Validates a token and returns it. */
  readonly 'identity.showToken': 200 | 400 | 401 | 403 | 404;
  /** Validates a token without returning a body. */
  readonly 'identity.checkToken': 200 | 400 | 401 | 403 | 404;
  /** Revokes a token. */
  readonly 'identity.revokeToken': 204 | 400 | 401 | 403 | 404;
  /** Returns the catalog for the token. */
  readonly 'identity.getCatalog': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 503;
  /** Lists the projects that the token can be scoped to. */
  readonly 'identity.listAuthProjects': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 503;
  /** Lists the domains that the token can be scoped to. */
  readonly 'identity.listAuthDomains': 200 | 400 | 401 | 403 | 404 | 405 | 409 | 413 | 415 | 503;
  /** Lists the system scopes that the token can be scoped to. */
  readonly 'identity.listAuthSystem': 200 | 400 | 401;
  /** Lists projects (administrators). */
  readonly 'identity.listProjects': 200 | 400 | 401 | 403;
  /** Lists the projects in which a user has a role. */
  readonly 'identity.listUserProjects': 200 | 400 | 401 | 403 | 404;
  /** Returns one project. */
  readonly 'identity.showProject': 200 | 400 | 401 | 403 | 404;
  /** Creates an application credential for the project of the token. */
  readonly 'identity.createApplicationCredential': 201 | 400 | 401 | 403 | 404 | 409;
  /** Lists application credentials of a user. */
  readonly 'identity.listApplicationCredentials': 200 | 401 | 403 | 404;
  /** Returns one application credential, without secret. */
  readonly 'identity.showApplicationCredential': 200 | 401 | 403 | 404;
  /** Deletes an application credential. */
  readonly 'identity.deleteApplicationCredential': 204 | 401 | 403 | 404;
  /** Describes version 2.0. */
  readonly 'identity.showVersionV2': 200 | 203 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Issues a token by password or by token (OpenStack). */
  readonly 'identity.v2Authenticate': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Lists the tenants that the token can use. */
  readonly 'identity.v2ListTenants': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Issues a token by API key (Rackspace). */
  readonly 'identity.raxAuthenticateApiKey': 200 | 400 | 401 | 403 | 500;
  /** Issues a token by password (Rackspace). */
  readonly 'identity.raxAuthenticatePassword': 200 | 400 | 401 | 403 | 500;
  /** Issues a token by a token, with the catalog of its tenant (Rackspace). */
  readonly 'identity.raxAuthenticateToken': 200 | 400 | 401 | 404 | 500;
  /** Validates a token. */
  readonly 'identity.raxShowToken': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Lists the endpoints for a token. */
  readonly 'identity.raxListTokenEndpoints': 200 | 401 | 403 | 404 | 405 | 406 | 413 | 503;
  /** Revokes the token of the caller. */
  readonly 'identity.raxRevokeToken': 204 | 400 | 401 | 403 | 404 | 405 | 413 | 503;
  /** Issues a token by password (Huawei IAM). */
  readonly 'identity.iamAuthPassword': 201 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Validates a token (Huawei IAM). */
  readonly 'identity.iamShowToken': 200 | 401 | 403 | 404 | 500;
  /** Returns the catalog (Huawei IAM). */
  readonly 'identity.iamCatalog': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 501 | 503;
  /** Lists the projects of the user (Huawei IAM). */
  readonly 'identity.iamListAuthProjects': 200 | 400 | 401 | 403 | 404 | 405 | 413 | 500 | 503;
  /** Lists projects by name and more (Huawei IAM). */
  readonly 'identity.iamListProjects': 200 | 400 | 401 | 403 | 404 | 500 | 503;
  /** Lists versions (Huawei IAM). */
  readonly 'identity.iamListVersions': 300 | 400 | 404 | 503;
  /** Describes version 3 (Huawei IAM). */
  readonly 'identity.iamShowVersion': 200 | 400 | 404 | 503;
  /** List domains. */
  readonly 'identity.listDomains': 200 | 401 | 403;
  /** Create a domain. */
  readonly 'identity.createDomain': 201 | 400 | 401 | 403 | 409;
  /** Show a domain. */
  readonly 'identity.showDomain': 200 | 401 | 403 | 404;
  /** Update a domain. */
  readonly 'identity.updateDomain': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a domain. */
  readonly 'identity.deleteDomain': 204 | 401 | 403 | 404;
  /** Create a project. */
  readonly 'identity.createProject': 201 | 400 | 401 | 403 | 409;
  /** Update a project. */
  readonly 'identity.updateProject': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a project. */
  readonly 'identity.deleteProject': 204 | 401 | 403 | 404;
  /** List users. */
  readonly 'identity.listUsers': 200 | 401 | 403;
  /** Create a user. */
  readonly 'identity.createUser': 201 | 400 | 401 | 403 | 409;
  /** Show a user. */
  readonly 'identity.showUser': 200 | 401 | 403 | 404;
  /** Update a user. */
  readonly 'identity.updateUser': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a user. */
  readonly 'identity.deleteUser': 204 | 401 | 403 | 404;
  /** List groups. */
  readonly 'identity.listGroups': 200 | 401 | 403;
  /** Create a group. */
  readonly 'identity.createGroup': 201 | 400 | 401 | 403 | 409;
  /** Show a group. */
  readonly 'identity.showGroup': 200 | 401 | 403 | 404;
  /** Update a group. */
  readonly 'identity.updateGroup': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a group. */
  readonly 'identity.deleteGroup': 204 | 401 | 403 | 404;
  /** List roles. */
  readonly 'identity.listRoles': 200 | 401 | 403;
  /** Create a role. */
  readonly 'identity.createRole': 201 | 400 | 401 | 403 | 409;
  /** Show a role. */
  readonly 'identity.showRole': 200 | 401 | 403 | 404;
  /** Update a role. */
  readonly 'identity.updateRole': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a role. */
  readonly 'identity.deleteRole': 204 | 401 | 403 | 404;
  /** List regions. */
  readonly 'identity.listRegions': 200 | 401 | 403;
  /** Create a region. */
  readonly 'identity.createRegion': 201 | 400 | 401 | 403 | 409;
  /** Show a region. */
  readonly 'identity.showRegion': 200 | 401 | 403 | 404;
  /** Update a region. */
  readonly 'identity.updateRegion': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a region. */
  readonly 'identity.deleteRegion': 204 | 401 | 403 | 404;
  /** List services. */
  readonly 'identity.listServices': 200 | 401 | 403;
  /** Create a service. */
  readonly 'identity.createService': 201 | 400 | 401 | 403 | 409;
  /** Show a service. */
  readonly 'identity.showService': 200 | 401 | 403 | 404;
  /** Update a service. */
  readonly 'identity.updateService': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a service. */
  readonly 'identity.deleteService': 204 | 401 | 403 | 404;
  /** List endpoints. */
  readonly 'identity.listEndpoints': 200 | 401 | 403;
  /** Create an endpoint. */
  readonly 'identity.createEndpoint': 201 | 400 | 401 | 403 | 409;
  /** Show an endpoint. */
  readonly 'identity.showEndpoint': 200 | 401 | 403 | 404;
  /** Update an endpoint. */
  readonly 'identity.updateEndpoint': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete an endpoint. */
  readonly 'identity.deleteEndpoint': 204 | 401 | 403 | 404;
  /** List credentials. */
  readonly 'identity.listCredentials': 200 | 401 | 403;
  /** Create a credential. */
  readonly 'identity.createCredential': 201 | 400 | 401 | 403 | 409;
  /** Show a credential. */
  readonly 'identity.showCredential': 200 | 401 | 403 | 404;
  /** Update a credential. */
  readonly 'identity.updateCredential': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a credential. */
  readonly 'identity.deleteCredential': 204 | 401 | 403 | 404;
  /** List policies. */
  readonly 'identity.listPolicies': 200 | 401 | 403;
  /** Create a policy. */
  readonly 'identity.createPolicy': 201 | 400 | 401 | 403 | 409;
  /** Show a policy. */
  readonly 'identity.showPolicy': 200 | 401 | 403 | 404;
  /** Update a policy. */
  readonly 'identity.updatePolicy': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a policy. */
  readonly 'identity.deletePolicy': 204 | 401 | 403 | 404;
  /** List registered limits. */
  readonly 'identity.listRegisteredLimits': 200 | 401 | 403;
  /** Create a registered limit. */
  readonly 'identity.createRegisteredLimit': 201 | 400 | 401 | 403 | 409;
  /** Show a registered limit. */
  readonly 'identity.showRegisteredLimit': 200 | 401 | 403 | 404;
  /** Update a registered limit. */
  readonly 'identity.updateRegisteredLimit': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a registered limit. */
  readonly 'identity.deleteRegisteredLimit': 204 | 401 | 403 | 404;
  /** List limits. */
  readonly 'identity.listLimits': 200 | 401 | 403;
  /** Create a limit. */
  readonly 'identity.createLimit': 201 | 400 | 401 | 403 | 409;
  /** Show a limit. */
  readonly 'identity.showLimit': 200 | 401 | 403 | 404;
  /** Update a limit. */
  readonly 'identity.updateLimit': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a limit. */
  readonly 'identity.deleteLimit': 204 | 401 | 403 | 404;
  /** List identity providers. */
  readonly 'identity.listIdentityProviders': 200 | 401 | 403;
  /** Create an identity provider. */
  readonly 'identity.createIdentityProvider': 201 | 400 | 401 | 403 | 409;
  /** Show an identity provider. */
  readonly 'identity.showIdentityProvider': 200 | 401 | 403 | 404;
  /** Update an identity provider. */
  readonly 'identity.updateIdentityProvider': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete an identity provider. */
  readonly 'identity.deleteIdentityProvider': 204 | 401 | 403 | 404;
  /** List mappings. */
  readonly 'identity.listMappings': 200 | 401 | 403;
  /** Create a mapping. */
  readonly 'identity.createMapping': 201 | 400 | 401 | 403 | 409;
  /** Show a mapping. */
  readonly 'identity.showMapping': 200 | 401 | 403 | 404;
  /** Update a mapping. */
  readonly 'identity.updateMapping': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a mapping. */
  readonly 'identity.deleteMapping': 204 | 401 | 403 | 404;
  /** List protocols. */
  readonly 'identity.listProtocols': 200 | 401 | 403;
  /** Create a protocol. */
  readonly 'identity.createProtocol': 201 | 400 | 401 | 403 | 409;
  /** Show a protocol. */
  readonly 'identity.showProtocol': 200 | 401 | 403 | 404;
  /** Update a protocol. */
  readonly 'identity.updateProtocol': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a protocol. */
  readonly 'identity.deleteProtocol': 204 | 401 | 403 | 404;
  /** List service providers. */
  readonly 'identity.listServiceProviders': 200 | 401 | 403;
  /** Create a service provider. */
  readonly 'identity.createServiceProvider': 201 | 400 | 401 | 403 | 409;
  /** Show a service provider. */
  readonly 'identity.showServiceProvider': 200 | 401 | 403 | 404;
  /** Update a service provider. */
  readonly 'identity.updateServiceProvider': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a service provider. */
  readonly 'identity.deleteServiceProvider': 204 | 401 | 403 | 404;
  /** List endpoint groups. */
  readonly 'identity.listEndpointGroups': 200 | 401 | 403;
  /** Create an endpoint group. */
  readonly 'identity.createEndpointGroup': 201 | 400 | 401 | 403 | 409;
  /** Show an endpoint group. */
  readonly 'identity.showEndpointGroup': 200 | 401 | 403 | 404;
  /** Update an endpoint group. */
  readonly 'identity.updateEndpointGroup': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete an endpoint group. */
  readonly 'identity.deleteEndpointGroup': 204 | 401 | 403 | 404;
  /** Create a trust. */
  readonly 'identity.createTrust': 201 | 400 | 401 | 403 | 409;
  /** Show a trust. */
  readonly 'identity.showTrust': 200 | 401 | 403 | 404;
  /** Delete a trust. */
  readonly 'identity.deleteTrust': 204 | 401 | 403 | 404;
  /** List consumers. */
  readonly 'identity.listConsumers': 200 | 401 | 403;
  /** Create a consumer. */
  readonly 'identity.createConsumer': 201 | 400 | 401 | 403 | 409;
  /** Show a consumer. */
  readonly 'identity.showConsumer': 200 | 401 | 403 | 404;
  /** Update a consumer. */
  readonly 'identity.updateConsumer': 200 | 400 | 401 | 403 | 404 | 409;
  /** Delete a consumer. */
  readonly 'identity.deleteConsumer': 204 | 401 | 403 | 404;
  /** Show the configuration of a domain. */
  readonly 'identity.showDomainConfig': 200 | 401 | 403 | 404;
  /** Create or replace the configuration of a domain. */
  readonly 'identity.replaceDomainConfig': 200 | 201 | 400 | 401 | 403 | 404;
  /** Update the configuration of a domain. */
  readonly 'identity.updateDomainConfig': 200 | 401 | 403 | 404 | 400;
  /** Delete the configuration of a domain. */
  readonly 'identity.deleteDomainConfig': 204 | 401 | 403 | 404;
  /** Show a group of the configuration of a domain. */
  readonly 'identity.showDomainConfigGroup': 200 | 401 | 403 | 404;
  /** Update a group of the configuration of a domain. */
  readonly 'identity.updateDomainConfigGroup': 200 | 401 | 403 | 404 | 400;
  /** Delete a group of the configuration of a domain. */
  readonly 'identity.deleteDomainConfigGroup': 204 | 401 | 403 | 404;
  /** Show an option of the configuration of a domain. */
  readonly 'identity.showDomainConfigOption': 200 | 401 | 403 | 404;
  /** Update an option of the configuration of a domain. */
  readonly 'identity.updateDomainConfigOption': 200 | 401 | 403 | 404 | 400;
  /** Delete an option of the configuration of a domain. */
  readonly 'identity.deleteDomainConfigOption': 204 | 401 | 403 | 404;
  /** Show the default configuration. */
  readonly 'identity.showDomainConfigDefaults': 200 | 401 | 403 | 404;
  /** Show the defaults of a group. */
  readonly 'identity.showDomainConfigGroupDefaults': 200 | 401 | 403 | 404;
  /** Show the default of an option. */
  readonly 'identity.showDomainConfigOptionDefault': 200 | 401 | 403 | 404;
  /** Create a region with the id of the path. */
  readonly 'identity.createRegionWithId': 201 | 400 | 401 | 403 | 409;
  /** List the tags of a project. */
  readonly 'identity.listProjectTags': 200 | 401 | 403 | 404;
  /** Replace the tags of a project. */
  readonly 'identity.replaceProjectTags': 200 | 400 | 401 | 403 | 404;
  /** Delete the tags of a project. */
  readonly 'identity.deleteProjectTags': 204 | 401 | 403 | 404;
  /** Check whether a project has a tag. */
  readonly 'identity.checkProjectTag': 204 | 401 | 403 | 404;
  /** Add a tag to a project. */
  readonly 'identity.addProjectTag': 201 | 400 | 401 | 403 | 404;
  /** Remove a tag from a project. */
  readonly 'identity.removeProjectTag': 204 | 401 | 403 | 404;
  /** Show how limits are enforced. */
  readonly 'identity.showLimitModel': 200 | 401;
  /** Change a password; the old one proves who asks. */
  readonly 'identity.changePassword': 204 | 400 | 401;
  /** List the endpoints that are associated with a project. */
  readonly 'identity.listProjectEndpoints': 200 | 401 | 403 | 404;
  /** Associate an endpoint with a project. */
  readonly 'identity.addProjectEndpoint': 204 | 401 | 403 | 404 | 409;
  /** Check whether an endpoint is associated with a project. */
  readonly 'identity.checkProjectEndpoint': 204 | 401 | 403 | 404;
  /** End the association of an endpoint with a project. */
  readonly 'identity.removeProjectEndpoint': 204 | 401 | 403 | 404;
  /** List the projects of an endpoint. */
  readonly 'identity.listEndpointProjects': 200 | 401 | 403 | 404;
  /** List the endpoint groups of a project. */
  readonly 'identity.listProjectEndpointGroups': 200 | 401 | 403 | 404;
  /** List the projects of an endpoint group. */
  readonly 'identity.listEndpointGroupProjects': 200 | 401 | 403 | 404;
  /** List the endpoints that an endpoint group chooses. */
  readonly 'identity.listEndpointGroupEndpoints': 200 | 401 | 403 | 404;
  /** Associate an endpoint group with a project. */
  readonly 'identity.addEndpointGroupProject': 204 | 401 | 403 | 404 | 409;
  /** Show the association of an endpoint group with a project. */
  readonly 'identity.showEndpointGroupProject': 200 | 401 | 403 | 404;
  /** End the association of an endpoint group with a project. */
  readonly 'identity.removeEndpointGroupProject': 204 | 401 | 403 | 404;
  /** Associate a policy with an endpoint. */
  readonly 'identity.associateEndpointPolicy': 204 | 401 | 403 | 404;
  /** Check whether a policy is associated with an endpoint. */
  readonly 'identity.checkEndpointPolicy': 204 | 401 | 403 | 404;
  /** End the association of a policy with an endpoint. */
  readonly 'identity.dissociateEndpointPolicy': 204 | 401 | 403 | 404;
  /** Associate a policy with a service. */
  readonly 'identity.associateServicePolicy': 204 | 401 | 403 | 404;
  /** Check whether a policy is associated with a service. */
  readonly 'identity.checkServicePolicy': 204 | 401 | 403 | 404;
  /** End the association of a policy with a service. */
  readonly 'identity.dissociateServicePolicy': 204 | 401 | 403 | 404;
  /** Associate a policy with a service in a region. */
  readonly 'identity.associateRegionPolicy': 204 | 401 | 403 | 404;
  /** Check whether a policy is associated with a service in a region. */
  readonly 'identity.checkRegionPolicy': 204 | 401 | 403 | 404;
  /** End the association of a policy with a service in a region. */
  readonly 'identity.dissociateRegionPolicy': 204 | 401 | 403 | 404;
  /** List the endpoints that a policy is associated with. */
  readonly 'identity.listPolicyEndpoints': 200 | 401 | 403 | 404;
  /** Show the policy of an endpoint. */
  readonly 'identity.showEndpointPolicy': 200 | 401 | 403 | 404;
  /** List trusts; users list those that they are trustor or trustee of. */
  readonly 'identity.listTrusts': 200 | 401 | 403;
  /** List the roles that a trust delegates. */
  readonly 'identity.listTrustRoles': 200 | 401 | 403 | 404;
  /** Show a role that a trust delegates. */
  readonly 'identity.showTrustRole': 200 | 401 | 403 | 404;
  /** Give a request token to a consumer. */
  readonly 'identity.createRequestToken': 201 | 400 | 401 | 404;
  /** Delegate roles to the consumer of a request token. */
  readonly 'identity.authorizeRequestToken': 200 | 400 | 401 | 403 | 404;
  /** Exchange a request token for an access token. */
  readonly 'identity.createAccessToken': 201 | 400 | 401 | 404;
  /** List the access tokens of a user. */
  readonly 'identity.listAccessTokens': 200 | 401 | 403;
  /** Show an access token. */
  readonly 'identity.showAccessToken': 200 | 401 | 403 | 404;
  /** Delete an access token. */
  readonly 'identity.deleteAccessToken': 204 | 401 | 403 | 404;
  /** List the roles that an access token delegates. */
  readonly 'identity.listAccessTokenRoles': 200 | 401 | 403 | 404;
  /** Show a role that an access token delegates. */
  readonly 'identity.showAccessTokenRole': 200 | 401 | 403 | 404;
  /** Issue a token by an access token; the scope is that of the access token. */
  readonly 'identity.authOauth1': 201 | 400 | 401 | 404;
  /** Show the metadata of the identity provider. */
  readonly 'identity.getSamlMetadata': 200 | 500;
  /** Issue a token through an identity provider. */
  readonly 'identity.getFederatedAuth': 201 | 400 | 401 | 403 | 404;
  /** Issue a token through an identity provider. */
  readonly 'identity.postFederatedAuth': 201 | 400 | 401 | 403 | 404;
  /** Sign on in a browser. */
  readonly 'identity.getWebSso': 200 | 401;
  /** Sign on in a browser. */
  readonly 'identity.postWebSso': 200 | 401;
  /** Sign on in a browser through an identity provider. */
  readonly 'identity.getProviderWebSso': 200 | 400 | 401;
  /** Sign on in a browser through an identity provider. */
  readonly 'identity.postProviderWebSso': 200 | 400 | 401;
  /** Create an assertion for a service provider. */
  readonly 'identity.createSamlAssertion': 200 | 400 | 401 | 403 | 404;
  /** Create an assertion for a service provider, wrapped for an enhanced client. */
  readonly 'identity.createEcpAssertion': 200 | 400 | 401 | 403 | 404;
  /** List what has revoked tokens. */
  readonly 'identity.listRevocationEvents': 200 | 400 | 401 | 403;
  /** List the projects that the token can be scoped to. */
  readonly 'identity.listFederationProjects': 200 | 401;
  /** List the domains that the token can be scoped to. */
  readonly 'identity.listFederationDomains': 200 | 401;
  /** Create an EC2 credential for a user and a project. */
  readonly 'identity.createEc2Credential': 201 | 400 | 401 | 403 | 404;
  /** List the EC2 credentials of a user. */
  readonly 'identity.listEc2Credentials': 200 | 401 | 403 | 404;
  /** Show an EC2 credential. */
  readonly 'identity.showEc2Credential': 200 | 401 | 403 | 404;
  /** Delete an EC2 credential. */
  readonly 'identity.deleteEc2Credential': 204 | 401 | 403 | 404;
  /** Issue a token for a signed request of EC2. */
  readonly 'identity.createEc2Token': 200 | 400 | 401 | 403 | 404;
  /** Show a token for a signed request of S3. */
  readonly 'identity.createS3Token': 200 | 400 | 401 | 403 | 404;
  /** List the access rules of a user. */
  readonly 'identity.listAccessRules': 200 | 401 | 403 | 404;
  /** Show an access rule. */
  readonly 'identity.showAccessRule': 200 | 401 | 403 | 404;
  /** Delete an access rule that no application credential has. */
  readonly 'identity.deleteAccessRule': 204 | 401 | 403 | 404;
  /** List the users in a group. */
  readonly 'identity.listGroupUsers': 200 | 400 | 401 | 403 | 404;
  /** Add a user to a group. */
  readonly 'identity.addGroupUser': 204 | 401 | 403 | 404;
  /** Check whether a user is in a group. */
  readonly 'identity.checkGroupUser': 204 | 401 | 403 | 404;
  /** Remove a user from a group. */
  readonly 'identity.removeGroupUser': 204 | 401 | 403 | 404;
  /** List the groups that a user is in. */
  readonly 'identity.listUserGroups': 200 | 401 | 403 | 404;
  /** List the roles that a role implies. */
  readonly 'identity.listImpliedRoles': 200 | 401 | 403 | 404;
  /** Let a role imply another one. */
  readonly 'identity.createImpliedRole': 201 | 401 | 403 | 404 | 409;
  /** Show that a role implies another one. */
  readonly 'identity.showImpliedRole': 200 | 401 | 403 | 404;
  /** Let a role no longer imply another one. */
  readonly 'identity.deleteImpliedRole': 204 | 401 | 403 | 404;
  /** List all roles that imply others. */
  readonly 'identity.listRoleInferences': 200 | 401 | 403;
  /** List the roles of a user on a project. */
  readonly 'identity.listProjectUserRoles': 200 | 401 | 403 | 404;
  /** Check whether a user has a role on a project. */
  readonly 'identity.checkProjectUserRole': 204 | 401 | 403 | 404;
  /** Assign a role to a user on a project. */
  readonly 'identity.assignProjectUserRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a user on a project. */
  readonly 'identity.revokeProjectUserRole': 204 | 401 | 403 | 404;
  /** Check whether a user has a role on the projects below a project. */
  readonly 'identity.checkProjectUserInheritedRole': 204 | 401 | 403 | 404;
  /** Assign a role to a user on the projects below a project. */
  readonly 'identity.assignProjectUserInheritedRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a user on the projects below a project. */
  readonly 'identity.revokeProjectUserInheritedRole': 204 | 401 | 403 | 404;
  /** List the roles of a group on a project. */
  readonly 'identity.listProjectGroupRoles': 200 | 401 | 403 | 404;
  /** Check whether a group has a role on a project. */
  readonly 'identity.checkProjectGroupRole': 204 | 401 | 403 | 404;
  /** Assign a role to a group on a project. */
  readonly 'identity.assignProjectGroupRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a group on a project. */
  readonly 'identity.revokeProjectGroupRole': 204 | 401 | 403 | 404;
  /** Check whether a group has a role on the projects below a project. */
  readonly 'identity.checkProjectGroupInheritedRole': 204 | 401 | 403 | 404;
  /** Assign a role to a group on the projects below a project. */
  readonly 'identity.assignProjectGroupInheritedRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a group on the projects below a project. */
  readonly 'identity.revokeProjectGroupInheritedRole': 204 | 401 | 403 | 404;
  /** List the roles of a user on a domain. */
  readonly 'identity.listDomainUserRoles': 200 | 401 | 403 | 404;
  /** Check whether a user has a role on a domain. */
  readonly 'identity.checkDomainUserRole': 204 | 401 | 403 | 404;
  /** Assign a role to a user on a domain. */
  readonly 'identity.assignDomainUserRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a user on a domain. */
  readonly 'identity.revokeDomainUserRole': 204 | 401 | 403 | 404;
  /** List the roles of a user on the projects below a domain. */
  readonly 'identity.listDomainUserInheritedRoles': 200 | 401 | 403 | 404;
  /** Check whether a user has a role on the projects below a domain. */
  readonly 'identity.checkDomainUserInheritedRole': 204 | 401 | 403 | 404;
  /** Assign a role to a user on the projects below a domain. */
  readonly 'identity.assignDomainUserInheritedRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a user on the projects below a domain. */
  readonly 'identity.revokeDomainUserInheritedRole': 204 | 401 | 403 | 404;
  /** List the roles of a group on a domain. */
  readonly 'identity.listDomainGroupRoles': 200 | 401 | 403 | 404;
  /** Check whether a group has a role on a domain. */
  readonly 'identity.checkDomainGroupRole': 204 | 401 | 403 | 404;
  /** Assign a role to a group on a domain. */
  readonly 'identity.assignDomainGroupRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a group on a domain. */
  readonly 'identity.revokeDomainGroupRole': 204 | 401 | 403 | 404;
  /** List the roles of a group on the projects below a domain. */
  readonly 'identity.listDomainGroupInheritedRoles': 200 | 401 | 403 | 404;
  /** Check whether a group has a role on the projects below a domain. */
  readonly 'identity.checkDomainGroupInheritedRole': 204 | 401 | 403 | 404;
  /** Assign a role to a group on the projects below a domain. */
  readonly 'identity.assignDomainGroupInheritedRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a group on the projects below a domain. */
  readonly 'identity.revokeDomainGroupInheritedRole': 204 | 401 | 403 | 404;
  /** List the roles of a user on the system. */
  readonly 'identity.listSystemUserRoles': 200 | 401 | 403 | 404;
  /** Check whether a user has a role on the system. */
  readonly 'identity.checkSystemUserRole': 204 | 401 | 403 | 404;
  /** Assign a role to a user on the system. */
  readonly 'identity.assignSystemUserRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a user on the system. */
  readonly 'identity.revokeSystemUserRole': 204 | 401 | 403 | 404;
  /** List the roles of a group on the system. */
  readonly 'identity.listSystemGroupRoles': 200 | 401 | 403 | 404;
  /** Check whether a group has a role on the system. */
  readonly 'identity.checkSystemGroupRole': 204 | 401 | 403 | 404;
  /** Assign a role to a group on the system. */
  readonly 'identity.assignSystemGroupRole': 204 | 401 | 403 | 404;
  /** Revoke a role of a group on the system. */
  readonly 'identity.revokeSystemGroupRole': 204 | 401 | 403 | 404;
  /** List the roles of users and groups on projects, domains and the system. */
  readonly 'identity.listRoleAssignments': 200 | 400 | 401 | 403;
}

/** The name of an operation: API and operation id, such as `image-v2.deleteImage`. */
export type OperationName = keyof DocumentedStatuses;

/** A documented status of an operation. */
export type DocumentedStatus<Name extends OperationName = OperationName> = DocumentedStatuses[Name];

/** The name of an operation, or a pattern for several: `*` stands for any characters, `?` for one. */
export type OperationPattern = OperationName | `${string}*${string}` | `${string}?${string}`;
