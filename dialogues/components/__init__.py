"""What the pipeline in config.yml is made of, beside Rasa's own parts. Matching is plain functions; the Rasa classes wrap them."""
