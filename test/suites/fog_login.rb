# Logs in as the specs of fog-openstack do, with the variables of `sideglance env --suite fog`, and creates, finds and deletes an image.
# Debian packages fog-openstack without its specs.
require 'fog/openstack'

images = Fog::OpenStack::Image.new(
  openstack_auth_url: ENV.fetch('OS_AUTH_URL'),
  openstack_region: ENV.fetch('OS_REGION_NAME'),
  openstack_domain_name: ENV.fetch('OS_USER_DOMAIN_NAME'),
  # fog changes the text, and those of the environment are frozen.
  openstack_endpoint_type: ENV.fetch('OS_INTERFACE').dup,
  openstack_username: ENV.fetch('OS_USERNAME'),
  openstack_api_key: ENV.fetch('OS_PASSWORD'),
  openstack_cache_ttl: 0
).images
image = images.create(name: 'from-fog')
found = images.all(name: 'from-fog').map(&:id)
raise "found #{found} instead of #{image.id}" unless found == [image.id]

image.destroy
raise 'the image is still there' unless images.all(name: 'from-fog').empty?
