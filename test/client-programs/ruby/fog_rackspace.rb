# fog-rackspace, with its defaults.
require_relative 'program'
only_for('rackspace-servers')
require 'fog/rackspace'

def servers
  @servers ||= Fog::Compute.new(
    provider: 'Rackspace', version: :v2,
    rackspace_username: ENV.fetch('RS_USERNAME'),
    rackspace_api_key: ENV.fetch('RS_API_KEY'),
    rackspace_auth_url: ENV.fetch('RS_AUTH_URL'),
    rackspace_region: ENV.fetch('RS_REGION_NAME').downcase.to_sym
  )
end

def image
  found(servers.images.get(given('IMAGE_ID')))
end

def set_metadata
  name, value = property_given
  servers.set_metadata_item('images', given('IMAGE_ID'), name, value)
end

def create_snapshot
  made = servers.create_image(given('SERVER_ID'), given('IMAGE_NAME'))
  id = made.headers['Location'].split('/').last
  found(servers.images.get(id)).wait_for(seconds_given) { ready? }
  write_lines([id])
end

main(
  'rackspace-servers' => {
    'authenticate' => -> { servers },
    'list-images' => -> { write_lines(servers.images.all.map(&:id)) },
    'show-image' => -> { write_lines([image.id]) },
    'update-image' => -> { set_metadata },
    'delete-image' => -> { image.destroy },
    'wait-for-active' => -> { image.wait_for(seconds_given) { ready? } },
    'create-snapshot' => -> { create_snapshot }
  }
)
