# frozen_string_literal: true

# Tests of a client that uses fog-openstack: each test has a world of its own.
require 'minitest/autorun'
require 'fog/openstack'
require_relative 'node_modules/sideglance/clients/ruby/sideglance'

class ImagesTest < Minitest::Test
  # Returns the image service of a world.
  def log_in(world)
    settings = world.settings['openstack']
    Fog::OpenStack::Image.new(
      openstack_auth_url: settings['OS_AUTH_URL'].delete_suffix('/v3'),
      openstack_username: settings['OS_USERNAME'],
      openstack_api_key: settings['OS_PASSWORD'],
      openstack_project_name: settings['OS_PROJECT_NAME'],
      openstack_project_domain: settings['OS_PROJECT_DOMAIN_NAME'],
      openstack_user_domain: settings['OS_USER_DOMAIN_NAME'],
      openstack_region: settings['OS_REGION_NAME']
    )
  end

  def test_a_lost_image_is_reported
    Sideglance.world(name) do |world|
      images = log_in(world)
      image = images.images.create(name: 'mine', disk_format: 'raw', container_format: 'bare')
      world.admin('POST', 'scenarios/image-v2.deleteImage.404/enable')
      assert_raises(Fog::OpenStack::Image::NotFound) { images.delete_image(image.id) }
      world.assert_received({ operation: 'image-v2.deleteImage', status: 404 }, exactly: 1)
    end
  end
end
