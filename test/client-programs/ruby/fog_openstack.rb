# fog-openstack, with its defaults.
require_relative 'program'
only_for('identity', 'image-v2', 'compute-v2.1')
require 'fog/openstack'

SETTINGS = {
  openstack_auth_url: ENV.fetch('OS_AUTH_URL').delete_suffix('/v3'),
  openstack_username: ENV.fetch('OS_USERNAME'),
  openstack_api_key: ENV.fetch('OS_PASSWORD'),
  openstack_project_name: ENV.fetch('OS_PROJECT_NAME'),
  openstack_project_domain: ENV.fetch('OS_PROJECT_DOMAIN_NAME'),
  openstack_user_domain: ENV.fetch('OS_USER_DOMAIN_NAME'),
  openstack_region: ENV.fetch('OS_REGION_NAME')
}.freeze

def glance
  @glance ||= Fog::OpenStack::Image.new(SETTINGS)
end

def nova
  @nova ||= Fog::OpenStack::Compute.new(SETTINGS)
end

def image
  @image ||= found(glance.images.get(given('IMAGE_ID')))
end

def create_image
  made = glance.images.create(name: given('IMAGE_NAME'), disk_format: 'raw', container_format: 'bare')
  write_lines([made.id])
end

def download
  part = "#{given('OUTPUT')}.part"
  File.open(part, 'wb') do |file|
    image.download_data(response_block: ->(chunk, _, _) { file.write(chunk) })
  end
  File.rename(part, given('OUTPUT'))
end

# The library polls; when to stop is for the program to say.
def wait_for_active
  image.wait_for(seconds_given) do
    raise "the image is #{status}" if %w[killed deleted pending_delete deactivated].include?(status)

    status == 'active'
  end
end

def set_property
  name, value = property_given
  image.update(name.to_sym => value)
end

def set_metadata
  name, value = property_given
  nova.update_metadata('images', given('IMAGE_ID'), name => value)
end

def create_snapshot
  made = nova.create_image(given('SERVER_ID'), given('IMAGE_NAME'))
  id = made.body['image']['id']
  found(nova.images.get(id)).wait_for(seconds_given) { ready? }
  write_lines([id])
end

main(
  'identity' => { 'authenticate' => -> { Fog::OpenStack::Identity.new(SETTINGS) } },
  'image-v2' => {
    'authenticate' => -> { glance },
    'list-images' => -> { write_lines(glance.images.all.map(&:id)) },
    'show-image' => -> { write_lines([image.id]) },
    'create-image' => -> { create_image },
    'upload-image' => -> { image.upload_data(File.open(given('FILE'), 'rb')) },
    'wait-for-active' => -> { wait_for_active },
    'download-image' => -> { download },
    'update-image' => -> { set_property },
    'protect-image' => -> { image.update(protected: true) },
    'delete-image' => -> { image.destroy },
    'deactivate-image' => -> { image.deactivate },
    'reactivate-image' => -> { image.reactivate },
    'add-tag' => -> { image.add_tag(given('TAG')) },
    'remove-tag' => -> { image.remove_tag(given('TAG')) },
    'share-image' => -> { image.add_member(given('MEMBER')) },
    'accept-image' => -> { image.update_member('member_id' => given('MEMBER'), 'status' => 'accepted') },
    'list-members' => -> { write_lines(image.members.map { |member| member['member_id'] }) },
    'unshare-image' => -> { image.remove_member(given('MEMBER')) }
  },
  'compute-v2.1' => {
    'authenticate' => -> { nova },
    'list-images' => -> { write_lines(nova.images.all.map(&:id)) },
    'show-image' => -> { write_lines([found(nova.images.get(given('IMAGE_ID'))).id]) },
    'update-image' => -> { set_metadata },
    'delete-image' => -> { nova.delete_image(given('IMAGE_ID')) },
    'wait-for-active' => -> { found(nova.images.get(given('IMAGE_ID'))).wait_for(seconds_given) { ready? } },
    'create-snapshot' => -> { create_snapshot }
  }
)
