# frozen_string_literal: true

require 'minitest/autorun'
require_relative 'sideglance'

# Tests of the helper against a running server.
class SideglanceTest < Minitest::Test
  OVERLOAD = {
    match: { operation: 'image-v2.listImages' }, stage: 'before-auth',
    fault: { answer: 503, retryAfter: 60 }, undocumented: true
  }.freeze

  # Sends requests on one connection.
  def list(world, times: 1)
    uri = URI("#{world.url}/image/v2/images")
    Net::HTTP.start(uri.host, uri.port, nil) { |http| times.times { http.get(uri.path) } }
  end

  def test_a_world_is_a_fork_that_is_dropped
    Sideglance.world(name) do |world|
      assert world.settings['openstack']['OS_AUTH_URL'].start_with?(world.url)
      assert_equal name, world.admin('GET', 'label')['label']
      @name_of_world = world.name
    end
    worlds = Sideglance.admin(ENV.fetch('SIDEGLANCE_URL'), 'GET', 'worlds')['worlds']
    refute_includes worlds.map { |world| world['name'] }, @name_of_world
  end

  def test_assert_received_counts_requests
    Sideglance.world(name) do |world|
      list(world)
      world.assert_received({ status: 401 }, exactly: 1)
      failure = assert_raises(Sideglance::Failure) do
        world.assert_received({ operation: 'image-v2.listImages', status: 200 })
      end
      assert_includes failure.message, '"expected":200,"found":401'
    end
  end

  def test_conduct_without_requests_is_inconclusive
    Sideglance.world(name) do |world|
      failure = assert_raises(Sideglance::Failure) { world.assert_no_conduct_findings(ignore: ['no-jitter']) }
      assert_includes failure.message, 'inconclusive'
    end
  end

  def test_a_finding_fails
    Sideglance.world(name) do |world|
      world.admin('POST', 'faults', OVERLOAD)
      list(world, times: 2)
      failure = assert_raises(Sideglance::Failure) { world.assert_no_conduct_findings }
      assert_includes failure.message, 'retry-after-seconds-ignored'
    end
  end
end
