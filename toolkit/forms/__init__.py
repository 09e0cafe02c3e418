"""Forms in Word: a review goes out as a form with named fields, and what a person filled in comes back."""
