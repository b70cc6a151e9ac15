# What the Ruby programs share: the inputs of a task, its output, and how it ends. See conformance/README.md.

UNSUPPORTED = 127

# Returns an input of the task, such as given('IMAGE_ID').
def given(name)
  ENV.fetch("SIDEGLANCE_#{name}")
end

# Ends with 127 for other APIs. Called before the library is loaded, which takes most of the time.
def only_for(*apis)
  exit UNSUPPORTED unless apis.include?(given('API'))
end

# Returns the name and the value of SIDEGLANCE_PROPERTY.
def property_given
  given('PROPERTY').split('=', 2)
end

# Returns the seconds that the program may take.
def seconds_given
  ENV.fetch('SIDEGLANCE_TIMEOUT', '60').to_i
end

# Writes ids to the output of the task, one a line.
def write_lines(values)
  path = ENV['SIDEGLANCE_OUTPUT']
  File.write(path, values.map { |value| "#{value}\n" }.join) if path
end

# Ends with an error if the library returned nothing.
def found(value)
  value || raise('not found')
end

# Runs the block of the task, tasks['image-v2']['list-images']. Ends with 0, 1 after an error, or 127.
def main(tasks)
  run = tasks.fetch(given('API'), {})[given('TASK')]
  exit UNSUPPORTED unless run
  run.call
rescue StandardError => error
  warn "#{error.class}: #{error.message[0, 1000]}"
  exit 1
end
