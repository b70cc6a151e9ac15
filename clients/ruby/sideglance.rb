# frozen_string_literal: true

require 'json'
require 'net/http'
require 'uri'

# Gives each test a world of Sideglance of its own and asserts what a client did.
# SIDEGLANCE_URL has the address of a running server, SIDEGLANCE_ADMIN_TOKEN its token, if it has one.
module Sideglance
  # The admin API refused a request.
  class AdminError < StandardError; end

  # The client did not do what a test expects, or that cannot be told.
  class Failure < StandardError; end

  # Sends a request to the admin API below an address and returns the JSON of the response, or nil.
  def self.admin(root, method, path, body = nil)
    uri = URI("#{root}/__admin/#{path}")
    headers = { 'Content-Type' => 'application/json' }
    token = ENV['SIDEGLANCE_ADMIN_TOKEN']
    headers['Authorization'] = "Bearer #{token}" if token
    response = Net::HTTP.start(uri.host, uri.port, nil, use_ssl: uri.scheme == 'https') do |http|
      http.send_request(method, uri.request_uri, body && JSON.generate(body), headers)
    end
    raise AdminError, "#{method} #{uri}: #{response.code} #{response.body}" unless response.is_a?(Net::HTTPSuccess)

    response.body.to_s.empty? ? nil : JSON.parse(response.body)
  end

  # Yields a world with a label, such as the name of the test, and drops it afterwards.
  def self.world(label, url = ENV.fetch('SIDEGLANCE_URL'))
    view = admin(url, 'POST', 'worlds', { fork: 'default', label: label })
    begin
      yield World.new(view)
    ensure
      admin(url, 'DELETE', "worlds/#{view['name']}")
    end
  end

  # The world of one test: a fork of the default world.
  class World
    # `settings` is how clients log in: `settings['openstack']['OS_AUTH_URL']`.
    attr_reader :name, :url, :settings

    def initialize(view)
      @name, @url, @settings = view.values_at('name', 'url', 'settings')
    end

    # Sends a request to the admin API of this world.
    def admin(method, path, body = nil)
      Sideglance.admin(url, method, path, body)
    end

    # Sideglance received requests like this; `count` is `exactly`, `atLeast` or `atMost`, at least 1 without it.
    def assert_received(pattern, **count)
      verdict = admin('POST', 'verify', { requests: pattern, **count })
      return if verdict['result'] == 'yes'

      raise Failure, "#{verdict['result']}: #{verdict['message']} Nearest: #{JSON.generate(verdict['nearest'])}"
    end

    # The client broke no conduct rule; `ignore` has ids of rules to leave out.
    def assert_no_conduct_findings(ignore: [])
      query = ignore.empty? ? '' : "?#{URI.encode_www_form(ignore: ignore.join(','))}"
      report = admin('GET', "conduct#{query}")
      return if report['verdict'] == 'pass'

      findings = report['findings'].map { |each| "#{each['severity']} #{each['rule']}: #{each['message']}" }
      raise Failure, ["conduct: #{report['verdict']}", *findings].join("\n")
    end
  end
end
